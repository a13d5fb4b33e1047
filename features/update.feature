Feature: Update
  Every weight goes a small step against its gradient: W - l_rate * gradient.

  @update-1
  Scenario Outline: Every weight matrix goes one step against its gradient
    Given a network of sizes 7-6-5-4 with learning rate <rate>
    And known random weights
    When the weights are updated with random gradients
    Then <weights> has gone one step of <rate> times its gradient down

    Examples:
      | weights | rate  |
      | W1      | 0.5   |
      | W2      | 0.5   |
      | W3      | 0.5   |
      | W1      | 0.125 |
      | W2      | 0.125 |
      | W3      | 0.125 |

  @update-2
  Scenario: The second step is as long as the first
    Given a network of sizes 7-6-5-4 with learning rate 0.5
    And known random weights
    When the weights are updated twice with the same gradients
    Then the weights have gone two equal steps down

  @update-3
  Scenario: A gradient of zero leaves the weights as they are
    Given a network of sizes 7-6-5-4 with learning rate 0.5
    And known random weights
    When the weights are updated with gradients of zero
    Then the weights are as they were

  @update-4
  Scenario: The gradients are not changed
    Given a network of sizes 7-6-5-4 with learning rate 0.5
    And known random weights
    When the weights are updated with random gradients
    Then the arguments are as they were

  @update-5
  Scenario: One step on a sample lowers its loss
    Given a network of sizes 7-6-5-4 with learning rate 0.125
    And known random weights
    And a random sample
    When the network makes one step on the sample
    Then the loss of the sample is lower than before

  @update-6
  Scenario: A large gradient makes a large step
    Given a network of sizes 7-6-5-4 with learning rate 0.5
    And known random weights
    When the weights are updated with random gradients, 100 times as large
    Then W1 has gone one step of 0.5 times its gradient down
    And W2 has gone one step of 0.5 times its gradient down
    And W3 has gone one step of 0.5 times its gradient down
