import type { Actor } from '../../access/actor.ts';
import { explainFigure } from '../../explanations/explain-figure.ts';
import { parseFigureAddress } from '../../explanations/figure-address.rules.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { ID_PATTERN } from '../../shared/ids.ts';
import { Problem } from '../../shared/problem.ts';

/** Continues the rows of a figure after an identifier. */
export const explainQuery = {
  type: 'object',
  properties: { after: { type: 'string', pattern: `^${ID_PATTERN}$` } },
  additionalProperties: false,
} as const;

interface Asked {
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
  readonly query: { readonly after?: string | undefined };
}

/** The figure that an address `…/:of/:id/:figure` names. @throws Problem `not-found`, and those of `explainFigure` */
export async function loadFigure(
  deps: ServiceDeps,
  { actor, params: { of, id, figure }, query: { after } }: Asked,
) {
  const address = parseFigureAddress(`${of}/${id}/${figure}`);
  if (!address) throw new Problem('not-found');
  return { node: await explainFigure(deps, actor, { address, after }), isFirstPage: after === undefined };
}
