ptf ~
level   ~ level0                ~
outlet  ~ outlet                ~
inflow  ~ inflow                ~
