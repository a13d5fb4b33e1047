Feature: Parameters
  A network is judged by its parameters: arrays that it computes with, and that can be written into from outside. Their
  shapes say how wide each layer is, and which of them are biases.

  @parameters-1
  Scenario: The parameters are arrays of numbers
    Given a network
    Then its parameters are arrays of floating-point numbers

  @parameters-2
  Scenario: The parameters are live
    What is written into them is what the network computes with from then on.
    Given a network
    And a batch of 4 random samples
    When other numbers are written into its parameters
    Then its output is another one

  @parameters-3
  Scenario: The shapes are those of a multilayer perceptron
    Given a network
    Then the shapes make a chain of layers

  @parameters-4
  Scenario: Every parameter counts
    Given a network
    And known random parameters
    And a batch of 4 random samples
    Then changing any of them changes the output
