Feature: Forward pass
  One sample goes through the layers: Z1 = W1 @ x, A1 = σ(Z1), Z2 = W2 @ A1, A2 = σ(Z2), Z3 = W3 @ A2, and the output
  is softmax(Z3). That no biases are added is the article's choice.

  @forward-1 @article-choice
  Scenario: A worked example
    Z1 = (1·1 - 1·2, 2·1 + 0.5·2) = (-1, 3), so A1 = (0.268941, 0.952574). Z2 = (2.174090, 0.414691), so
    A2 = (0.897899, 0.602212). Z3 = (1.193585, 1.500111), and the softmax of that is (0.423963, 0.576037).
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
    When the sample goes forward
    Then the output is 0.4239629, 0.5760371

  @forward-2 @article-choice
  Scenario: Right for layers of different widths
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward
    Then the output is what the mathematics gives

  @forward-3 @article-choice
  Scenario: Right for layers of the same width
    Where all matrices are square, a transposed one still fits, and gives other numbers.
    Given a network of sizes 5-5-5-5
    And known random weights
    And a random sample
    When the sample goes forward
    Then the output is what the mathematics gives

  @forward-4
  Scenario: The output is a probability for each class
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward
    Then every element of the output is positive
    And the output sums to 1

  @forward-5
  Scenario: The weights that params holds now are the ones that count
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward with these weights, with others, and with the first in new arrays under the old names
    Then the first and the last output are the same, and the one between them is another

  @forward-6
  Scenario: The same sample gives the same output again
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward twice
    Then the two outputs are the same

  @forward-7
  Scenario: The sample is not changed
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward
    Then the arguments are as they were

  @forward-8
  Scenario: The weights are not changed
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward
    Then the weights are as they were
