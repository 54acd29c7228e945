"""Reports (rapporter): the municipality's figures as a workbook, with the definitions printed beside them.

Used by team leaders, coordinators and economy. Groups of fewer than five citizens are joined with others, and a list
with persons goes only to those who may export one, with a reason that is logged.
"""
