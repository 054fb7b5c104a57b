interface Choice {
  readonly limit: number;
  readonly state?: string | undefined;
  readonly reference?: string | undefined;
}

/** Whose rows are listed. */
interface Owner {
  readonly rows: { readonly companyId?: number };
}

/**
 * How a page of a company's rows is found: newest first, along the key of the company and what else is asked for. The
 * database is told which key: to read all companies' rows backwards until a page is full looks cheap to it, and is not
 * for a company that sells little. Rows of all companies are read along their identifiers.
 */
export function keysetList(table: 'charge' | 'consent' | 'subscription', { rows }: Owner, choice: Choice) {
  const page = { orderBy: { id: 'desc' }, limit: choice.limit } as const;
  if (rows.companyId === undefined) return page;
  const indexHint = `FORCE INDEX (${table}_of_${keyFor(choice)})`;
  return { ...page, indexHint } as const;
}

function keyFor({ reference, state }: Choice): string {
  if (reference !== undefined) return 'reference';
  return state === undefined ? 'company' : 'state';
}
