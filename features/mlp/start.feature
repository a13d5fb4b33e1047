Feature: Start
  A fresh network starts with numbers that learning can go on from: the units of a layer have to differ, since equal ones
  get equal gradients and stay equal for ever.

  @start-1
  Scenario: A fresh network's parameters are finite
    Given a fresh network
    Then they are finite

  @start-2
  Scenario: The units of a layer differ
    Given a fresh network
    Then no two units of a layer start alike

  @start-3
  Scenario: Two networks share no memory
    Given a fresh network
    And another fresh network
    Then writing into the one leaves the other as it is

  @start-4
  Scenario: A fresh network tells images apart
    Given a fresh network
    Then its outputs for 8 different images differ
