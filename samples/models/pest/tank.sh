#!/bin/sh
# A tank that drains through its outlet: reads tank.in, writes tank.out. Any program that talks through files can stand here.
awk '
  $1 == "level"   { level = $2 }
  $1 == "outlet"  { outlet = $2 }
  $1 == "inflow"  { inflow = $2 }
  END {
    if (outlet <= 0) { print "the outlet must be positive, it is " outlet > "/dev/stderr"; exit 3 }
    print "TANK 1.0"
    print "levels by hour"
    step = 0.01
    for (hour = 1; hour <= 6; hour++) {
      for (i = 0; i < 100; i++) level += step * (inflow - outlet * level)
      printf "hour %2d   level = %.12E m\n", hour, level
    }
    printf "outflow at the end: %.12E m/h\n", outlet * level
  }' tank.in > tank.out
