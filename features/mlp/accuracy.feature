Feature: Accuracy
  What the network says of itself has to be true: the share of samples whose largest output is their label.

  @accuracy-1
  Scenario: The class is that of the largest output
    Given a network
    And known random parameters
    And a batch of 20 random samples
    When the classes of the batch are predicted
    Then each is that of the largest output

  @accuracy-2
  Scenario: The same sample has the same class
    Given a network
    And known random parameters
    And a batch of 20 random samples
    When the classes of the batch are predicted
    Then predicted again they are the same

  @accuracy-3
  Scenario: The accuracy is the fraction that is right
    Given a network
    And known random parameters
    And a set of 20 samples of which the first 6 are labelled as the network answers
    When its accuracy is measured
    Then it is 0.3

  @accuracy-4
  Scenario: Where all are right it is 1
    Given a network
    And known random parameters
    And a set of 20 samples of which the first 20 are labelled as the network answers
    When its accuracy is measured
    Then it is 1.0

  @accuracy-5
  Scenario: Where none is right it is 0
    Given a network
    And known random parameters
    And a set of 20 samples of which the first 0 are labelled as the network answers
    When its accuracy is measured
    Then it is 0.0

  @accuracy-6
  Scenario: Measuring changes nothing
    Given a network
    And known random parameters
    And a set of 20 samples of which the first 6 are labelled as the network answers
    When its accuracy is measured
    Then the parameters are as they were
    And the arguments are as they were
