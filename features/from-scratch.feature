Feature: From scratch
  The network is written with Python and NumPy alone: no machine-learning library does the work.

  @from-scratch-1 @source
  Scenario: The source imports the standard library and NumPy alone
    Then the source files import nothing but the standard library and NumPy

  @from-scratch-2
  Scenario: The running code has loaded nothing else
    When the code has run
    Then no module is loaded but those of the standard library and NumPy

  @from-scratch-3 @source
  Scenario: No module is imported by a name made up at run time
    Then the source files call no import function
