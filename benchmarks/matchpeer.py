"""CP-SAT på D1's venteliste, in a process of its own: prints its points. Needs ortools."""

from ortools.sat.python import cp_model

from benchmarks.matchdata import made_up

SECONDS = 60


def main() -> None:
    """Solve to a gap of 1 % and print the points."""
    problem, model = made_up(500, 80, 1), cp_model.CpModel()
    pairs = {
        (i, j): model.new_bool_var("")
        for i in range(len(problem.citizens))
        for j in range(len(problem.mentors))
        if problem.values[i, j] > 0
    }
    for i in range(len(problem.citizens)):
        model.add_at_most_one(pairs[i, j] for j in range(len(problem.mentors)) if (i, j) in pairs)
    for j in range(len(problem.mentors)):
        own = [int(problem.needs[i]) * var for (i, k), var in pairs.items() if k == j]
        model.add(sum(own) <= int(problem.rooms[j]))
    model.maximize(sum(int(problem.values[pair]) * var for pair, var in pairs.items()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.relative_gap_limit = SECONDS, 0.01
    solver.solve(model)
    print(round(solver.objective_value))


if __name__ == "__main__":
    main()
