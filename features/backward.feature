Feature: Backward pass
  The error of the output goes back through the layers and gives, for every weight, how the loss changes with it. The
  loss is the cross-entropy, -Σ y log(output); with a softmax output its error at Z3 is simply output - y. Each
  gradient has the shape of its weight matrix. The loss is the article's choice, and so is a network without biases.

  @backward-1
  Scenario: There is a gradient for each weight matrix
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward and its error back
    Then the gradients are those of W1, W2 and W3

  @backward-2 @article-choice
  Scenario: A worked example for W3
    The output is (0.4239629, 0.5760371) and the class is 0, so the error is (-0.5760371, 0.5760371). A2 is
    (0.8978985, 0.6022122). The gradient pairs every element of the error with every element of A2.
    Given a network of sizes 2-2-2-2
    And the weights W1
      | 1 | -1  |
      | 2 | 0.5 |
    And the weights W2
      | 1  | 2 |
      | -2 | 1 |
    And the weights W3
      | 2 | -1 |
      | 1 | 1  |
    And the sample x = 1, 2 of class 0
    When the sample goes forward and its error back
    Then the gradient of W3 is
      | -0.5172228 | -0.3468966 |
      | 0.5172228  | 0.3468966  |

  @backward-3 @article-choice
  Scenario: The gradient of W3 is right for layers of different widths
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward and its error back
    Then the gradient of W3 is what the mathematics gives

  @backward-4 @article-choice
  Scenario: The gradient of W2 is right for layers of different widths
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward and its error back
    Then the gradient of W2 is what the mathematics gives

  @backward-5 @article-choice
  Scenario: The gradient of W1 is right for layers of different widths
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward and its error back
    Then the gradient of W1 is what the mathematics gives

  @backward-6 @article-choice
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

  @backward-7 @article-choice
  Scenario Outline: The gradients are the slopes of the cross-entropy
    The weights are moved a little to either side and the cross-entropy of what forward_pass gives is measured (central
    differences).
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
    Then the gradients are those of the first time

  @backward-9
  Scenario: The latest forward pass is the one that counts
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward and its error back
    And another sample goes forward and its error back
    Then the gradients are the slopes of one loss, whichever it is

  @backward-10
  Scenario: No error, no change
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    And weights with which the output is the label but for 1e-9
    When the sample goes forward and its error back
    Then every gradient is zero, to within 1e-4

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

  @backward-13
  Scenario: The three gradients belong together
    Whatever the loss, it is reached through the output alone. So one and the same error at the output has to explain
    how every weight changes the loss: the gradients are what forward_pass makes of that error on the way back.
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward and its error back
    Then the gradients are the slopes of one loss, whichever it is
