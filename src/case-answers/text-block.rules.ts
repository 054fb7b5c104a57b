/** What a text block may have filled in; undefined for what a case has not. */
export interface BlockFacts {
  readonly number: string;
  readonly item: string | undefined;
  readonly seller: string | undefined;
  readonly amount: string | undefined;
  readonly bought: string | undefined;
  readonly carrier: string;
  readonly contact: string;
  readonly agent: string;
}

/** The beginning of an answer. */
export interface TextBlock {
  /** Name of its file, without `.md`: `30-cancelled`. */
  readonly name: string;
  readonly subject: string;
  readonly text: string;
}

const FACT = /\{\{(\w+)\}\}/g;

/** Reads a block: its subject after `# ` on the first line, then its text. Undefined for a file without them. */
export function readTextBlock(name: string, source: string): TextBlock | undefined {
  const [, subject, text] = /^# ([^\n]{1,100})\n([^]+)$/.exec(source.replaceAll('\r\n', '\n').trim()) ?? [];
  return subject === undefined || text === undefined
    ? undefined
    : { name, subject: subject.trim(), text: text.trim() };
}

/**
 * Fills in the facts of a case. A line with a fact that the case has not is left out; one that no case has stays as it is, so that the person who writes
 * the mail sees it.
 */
export function fillTextBlock({ name, subject, text }: TextBlock, facts: BlockFacts): TextBlock {
  const filled = text
    .split('\n')
    .flatMap((line) => fillLine(line, facts) ?? [])
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n');
  return { name, subject: fillLine(subject, facts) ?? subject, text: filled };
}

function fillLine(line: string, facts: BlockFacts): string | undefined {
  const isMissing = [...line.matchAll(FACT)].some(
    ([, name = '']) => Object.hasOwn(facts, name) && facts[name as keyof BlockFacts] === undefined,
  );
  if (isMissing) return undefined;
  return line.replaceAll(FACT, (whole, name: string) =>
    Object.hasOwn(facts, name) ? (facts[name as keyof BlockFacts] ?? whole) : whole,
  );
}
