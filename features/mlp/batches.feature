Feature: Batches
  A batch is nothing but its samples: its gradient is the mean of theirs, or the sum.

  @batches-1
  Scenario: The gradient of a batch is that of its samples
    Given a network
    And known random parameters
    And a batch of 5 random samples
    When the gradients of the batch are taken
    Then they are the mean, or the sum, of the samples' own

  @batches-2
  Scenario: A batch may have one sample
    Given a network
    And known random parameters
    And a batch of 5 random samples
    Then a batch of one sample has them too

  @batches-3
  Scenario: The order within a batch does not matter
    Given a network
    And known random parameters
    And a batch of 5 random samples
    When the gradients of the batch are taken
    Then in another order the batch has the same

  @batches-4
  Scenario: A batch need not have every class
    Given a network
    And known random parameters
    And a batch of 5 random samples
    Then a batch without the last class has them too
