Feature: Training
  An epoch uses every sample, with its own label, and goes on from where the network is.

  @training-1
  Scenario: An epoch uses every sample
    The last, incomplete batch too.
    Given a network
    And known random parameters
    And a training set in which every sample has a pixel of its own
    When the network is trained for 1 epoch
    Then every sample has moved the weights of its pixel

  @training-2
  Scenario: Images and labels stay together
    Given a network
    And known random parameters
    And a training set in which every sample has a pixel of its own
    When the network is trained for 1 epoch
    Then each has moved them towards its own label

  @training-3
  Scenario: Training goes on from the current parameters
    Given a network
    And known random parameters
    And a training set in which every sample has a pixel of its own
    When the network is trained for 1 epoch
    Then it went on from the parameters that it had

  @training-4
  Scenario: Training lowers the loss
    Given a network
    And known random parameters
    And a training set of 60 random samples
    When the network is trained for 5 epochs
    Then the loss of the set is lower than before

  @training-5
  Scenario: The training set is not changed
    Given a network
    And known random parameters
    And a training set of 60 random samples
    When the network is trained for 1 epoch
    Then the training set is as it was

  @training-6
  Scenario: Every parameter is trained
    Given a network
    And known random parameters
    And a training set of 60 random samples
    When the network is trained for 1 epoch
    Then every array of parameters has been trained

  @training-7
  Scenario: More epochs are more training
    Given a network
    And known random parameters
    Then 3 epochs change them further than one
