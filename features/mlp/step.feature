Feature: Step
  A step of learning goes against the gradient, every parameter at the same rate.

  @step-1
  Scenario: Every parameter takes part
    Given a network
    And known random parameters
    And a batch of 5 random samples
    When the network makes a step on the batch
    Then every array of parameters has moved

  @step-2
  Scenario: A step is the gradient times one rate
    Given a network
    And known random parameters
    And a batch of 5 random samples
    When the network makes a step on the batch
    Then it went against the gradients, all at one rate

  @step-3
  Scenario: Nothing of one step is carried into the next
    Given a network
    And known random parameters
    And a batch of 5 random samples
    When the network makes a step on the batch
    Then a second step is as long as its gradients say

  @step-4
  Scenario: The samples and the labels are not changed by a step
    Given a network
    And known random parameters
    And a batch of 5 random samples
    When the network makes a step on the batch
    Then the arguments are as they were
