Feature: The average
  The sum of some numbers, divided by how many they are.

  @average-1
  Scenario: Three numbers
    When the average of 1, 2, 6 is asked for
    Then it is 3

  @average-2
  Scenario: One number is its own average
    When the average of 4 is asked for
    Then it is 4

  @average-3
  Scenario: The numbers stay as they are
    When the average of 3, 1 is asked for
    Then the numbers are as they were
