Feature: Backward pass
  The error of the output goes back through the layers and gives, for every weight, how the loss changes with it. The
  loss is the cross-entropy, -Σ y log(output); with a softmax output its error at Z3 is simply output - y. Each
  gradient has the shape of its weight matrix.

  @backward-1
  Scenario: There is a gradient for each weight matrix
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward and its error back
    Then the gradients are those of W1, W2 and W3

  @backward-2
  Scenario: A worked example for W3
    The output is (0.5575090, 0.4424910) and the class is 0, so the error is (-0.4424910, 0.4424910). A2 is
    (0.7310586, 0.5). The gradient pairs every element of the error with every element of A2.
    Given a network of sizes 2-2-2-2
    And the weights W1
      | 1 | 0 |
      | 0 | 1 |
    And the weights W2
      | 1 | 1  |
      | 1 | -1 |
    And the weights W3
      | 1 | 0 |
      | 0 | 1 |
    And the sample x = 0, 0 of class 0
    When the sample goes forward and its error back
    Then the gradient of W3 is
      | -0.3234868 | -0.2212455 |
      | 0.3234868  | 0.2212455  |

  @backward-3
  Scenario: The gradient of W3 is right for layers of different widths
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward and its error back
    Then the gradient of W3 is what the mathematics gives

  @backward-4
  Scenario: The gradient of W2 is right for layers of different widths
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward and its error back
    Then the gradient of W2 is what the mathematics gives

  @backward-5
  Scenario: The gradient of W1 is right for layers of different widths
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward and its error back
    Then the gradient of W1 is what the mathematics gives

  @backward-6
  Scenario Outline: The gradients are right for layers of the same width
    Where all matrices are square, a transposed one still fits, and gives other numbers.
    Given a network of sizes 5-5-5-5
    And known random weights
    And a random sample
    When the sample goes forward and its error back
    Then the gradient of <weights> is what the mathematics gives

    Examples:
      | weights |
      | W3      |
      | W2      |
      | W1      |

  @backward-7
  Scenario Outline: The gradients are the slopes of the network's own loss
    The weights are moved a little to either side and the loss of forward_pass is measured (central differences).
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward and its error back
    Then the gradient of <weights> is the slope of the loss along random directions

    Examples:
      | weights |
      | W3      |
      | W2      |
      | W1      |

  @backward-8
  Scenario: Nothing is carried over from the last call
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward and its error back
    And the sample goes forward and its error back
    Then the gradients are what the mathematics gives

  @backward-9
  Scenario: The latest forward pass is the one that counts
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward and its error back
    And another sample goes forward and its error back
    Then the gradients are what the mathematics gives

  @backward-10
  Scenario: No error, no change
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward
    And backward_pass is given an output that equals the label
    Then every gradient is zero

  @backward-11
  Scenario: The backward pass does not change the weights
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward and its error back
    Then the weights are as they were

  @backward-12
  Scenario: The label and the output are not changed
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward and its error back
    Then the arguments are as they were
