import { Problem } from './problem.ts';

/** The states that may follow each state. */
export type Transitions<State extends string> = Readonly<Record<State, readonly State[]>>;

/** Creates the check that refuses a transition outside the table: it throws Problem `illegal-state`. */
export function transitionCheck<State extends string>(
  thing: string,
  moves: Transitions<State>,
): (from: State, to: State) => void {
  return (from, to) => {
    if (moves[from].includes(to)) return;
    throw new Problem('illegal-state', {
      detail: `The ${thing} is ${from}; it cannot become ${to}.`,
      facts: { state: from },
    });
  };
}
