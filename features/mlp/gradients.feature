Feature: Gradients
  The gradient of a parameter says how the loss changes with it. Which loss it is, and whether a batch is averaged or
  summed, is read off the gradients themselves, or declared.

  @gradients-1
  Scenario: There is a gradient for each parameter
    Given a network
    And known random parameters
    And a batch of 6 or more random samples
    When the gradients of the batch are taken
    Then there is one gradient of its shape for each parameter

  @gradients-2
  Scenario: The gradients are the slope of the loss
    Given a network
    And known random parameters
    And a batch of 6 or more random samples
    When the gradients of the batch are taken
    Then together they are the slope of the loss

  @gradients-3
  Scenario: The gradient of the last layer's weights is right
    Given a network
    And known random parameters
    And a batch of 6 or more random samples
    When the gradients of the batch are taken
    Then those of the last layer's weights are right

  @gradients-4
  Scenario: The gradients of the layers between are right
    Given a network
    And known random parameters
    And a batch of 6 or more random samples
    When the gradients of the batch are taken
    Then those of the layers between are right

  @gradients-5
  Scenario: The gradient of the first layer's weights is right
    The error has come back through all layers.
    Given a network
    And known random parameters
    And a batch of 6 or more random samples
    When the gradients of the batch are taken
    Then those of the first layer's weights are right

  @gradients-6
  Scenario: The gradient of the last layer's bias is right
    Given a network
    And known random parameters
    And a batch of 6 or more random samples
    When the gradients of the batch are taken
    Then that of the last layer's bias is right

  @gradients-7
  Scenario: The gradients of the hidden layers' biases are right
    Given a network
    And known random parameters
    And a batch of 6 or more random samples
    When the gradients of the batch are taken
    Then those of the hidden layers' biases are right

  @gradients-8
  Scenario: The mean over the batch is taken once, or not at all
    Given a network
    And known random parameters
    And a batch of 6 or more random samples
    When the gradients of the batch are taken
    Then their scale is that of a mean or a sum over the batch

  @gradients-9
  Scenario: Nothing is carried over from batch to batch
    Given a network
    And known random parameters
    And a batch of 6 or more random samples
    When the gradients of the batch are taken
    And the gradients of another batch are taken
    Then the gradients of the first batch are as before

  @gradients-10
  Scenario: The latest batch is the one that counts
    Given a network
    And known random parameters
    And a batch of 6 or more random samples
    When the gradients of the batch are taken
    Then the gradients are those of the other batch

  @gradients-11
  Scenario: Asking for the gradients moves no parameter
    Given a network
    And known random parameters
    And a batch of 6 or more random samples
    When the gradients of the batch are taken
    Then the parameters are as they were

  @gradients-12
  Scenario: The samples and the labels are not changed
    Given a network
    And known random parameters
    And a batch of 6 or more random samples
    When the gradients of the batch are taken
    Then the arguments are as they were

  @gradients-13
  Scenario: Down is where the loss is smaller
    Given a network
    And known random parameters
    And a batch of 6 or more random samples
    When the gradients of the batch are taken
    Then a small step against them lowers the loss
