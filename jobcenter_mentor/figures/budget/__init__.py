"""The page of the year's frame (ramme): what is granted and delivered, what the state refunds and what is own cost.

Read by team leaders and economy, and by caseworkers before they propose. Totals hold no person; the lines behind a
figure are those the reader may see. Must never show a figure without the lines it is made of.
"""
