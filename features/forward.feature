Feature: Forward pass
  One sample goes through the layers: Z1 = W1 @ x, A1 = σ(Z1), Z2 = W2 @ A1, A2 = σ(Z2), Z3 = W3 @ A2, and the output
  is softmax(Z3).

  @forward-1
  Scenario: A worked example
    W1 leaves x as it is, and σ(0) = 0.5, so A1 = (0.5, 0.5). W2 adds and subtracts: Z2 = (1, 0), A2 = (0.731059, 0.5).
    W3 gives Z3 = (0.731059, 0.5), and the softmax of that is (0.557509, 0.442491).
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
    When the sample goes forward
    Then the output is 0.5575090, 0.4424910

  @forward-2
  Scenario: Right for layers of different widths
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward
    Then the output is what the mathematics gives

  @forward-3
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
    When the sample goes forward
    And the entries of params are replaced by other weights
    And the sample goes forward
    Then the output is what the mathematics gives

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
