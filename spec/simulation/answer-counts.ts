import type { SimEvent } from './history.ts';

/** How often what came of which kind of event: shows what a simulation has been through, and what it has not. */
export class AnswerCounts {
  readonly #counts = new Map<string, Map<string, number>>();

  add(event: SimEvent, answers: readonly string[]): void {
    const events = event.kind === 'at-once' ? event.body.events : [event];
    for (const [index, answer] of answers.entries())
      for (const one of answer.split('; ')) this.#count(events[index]!.kind, shorten(one));
    if (event.kind === 'at-once') this.#count('at-once', events[0]!.kind);
  }

  /** One line a kind, the most frequent answer first. */
  describe(): string[] {
    return [...this.#counts].map(([kind, answers]) => {
      const sorted = [...answers].toSorted(([, a], [, b]) => b - a);
      return `  ${kind.padEnd(20)} ${sorted.map(([answer, count]) => `${count} ${answer}`).join(', ')}`;
    });
  }

  #count(kind: string, answer: string): void {
    const answers = this.#counts.get(kind) ?? new Map<string, number>();
    this.#counts.set(kind, answers.set(answer, (answers.get(answer) ?? 0) + 1));
  }
}

/** Without amounts, dates and periods. */
function shorten(answer: string): string {
  const [state = ''] = answer.split(' on ');
  const word = state.replace(/ \d+$/, '').replace('refused: ', '');
  return answer.endsWith(', late') ? `${word} late` : word;
}
