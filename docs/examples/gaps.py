"""Read the open data with pandas and draw which questions the cases leave open.

python gaps.py data/ gaps.png
"""

import sys

import matplotlib
import pandas as pd

matplotlib.use("Agg")
folder, picture = sys.argv[1:]
answers = pd.read_csv(f"{folder}/answers.csv", dtype=str)
questions = pd.read_csv(f"{folder}/questions.csv", dtype=str).set_index("question")
states = answers.drop_duplicates(["case", "question"]).groupby(["question", "state"]).size().unstack(fill_value=0)
states = states.reindex(questions.index).rename(index=questions["label_en"])
states.plot.barh(stacked=True, figsize=(9, 10), ylabel="", xlabel="cases").invert_yaxis()
matplotlib.pyplot.savefig(picture, bbox_inches="tight")
print(states.to_string())
