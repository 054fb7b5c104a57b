interface Choice {
  readonly limit: number;
  readonly state?: string | undefined;
  readonly reference?: string | undefined;
}

/**
 * How a page of a company's rows is found: newest first, along the key of the company and what else is asked for. The
 * database is told which key: to read all companies' rows backwards until a page is full looks cheap to it, and is not
 * for a company that sells little.
 */
export function keysetList(table: 'charge' | 'consent' | 'subscription', choice: Choice) {
  const indexHint = `FORCE INDEX (${table}_of_${keyFor(choice)})`;
  return { orderBy: { id: 'desc' }, limit: choice.limit, indexHint } as const;
}

function keyFor({ reference, state }: Choice): string {
  if (reference !== undefined) return 'reference';
  return state === undefined ? 'company' : 'state';
}
