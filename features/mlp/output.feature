Feature: Output
  The output follows from the parameters and the sample, and from nothing else: not from the other samples of the batch,
  not from what was asked before, not from chance.

  @output-1
  Scenario: There is a row of numbers for each sample
    Given a network
    And known random parameters
    And a batch of 6 random samples
    When the batch goes forward
    Then there is one row of finite numbers for each sample

  @output-2
  Scenario: The output follows from the parameters
    Layer by layer: multiply by the weights, add the bias, apply the activation. Which activation it is was read off
    other numbers.
    Given a network
    And known random parameters
    And a batch of 6 random samples
    When the batch goes forward
    Then the output is what the layers give

  @output-3
  Scenario: What is declared is true
    Given a network
    Then what is declared is what was read

  @output-4
  Scenario: No sample leaks into another
    Given a network
    And known random parameters
    And a batch of 6 random samples
    When the batch goes forward
    Then each sample alone gives what it gives in the batch

  @output-5
  Scenario: The same question has the same answer
    Given a network
    And known random parameters
    And a batch of 6 random samples
    When the batch goes forward
    Then asked again it gives the same

  @output-6
  Scenario: A row belongs to its sample
    Given a network
    And known random parameters
    And a batch of 6 random samples
    When the batch goes forward
    Then in another order the samples give the same rows

  @output-7
  Scenario: A softmax gives probabilities
    Given a network
    And known random parameters
    And a batch of 6 random samples
    When the batch goes forward
    Then each row is a distribution

  @output-8
  Scenario: Asking changes nothing
    Given a network
    And known random parameters
    And a batch of 6 random samples
    When the batch goes forward
    Then the arguments are as they were
    And the parameters are as they were

  @output-9
  Scenario: Large numbers stay finite
    Given a network
    And known random parameters
    And a batch of 6 random samples
    When its weights are very large
    And the batch goes forward
    Then the output is finite
