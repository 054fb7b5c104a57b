import type { Actor } from '../access/actor.ts';
import { invalidRequest } from '../api/invalid-request.ts';
import { describeProblem, type ProblemDocument } from '../http/problem-document.rules.ts';
import { compileSchema } from '../shared/schema-check.ts';
import type { FromSchema } from '../shared/schema-type.ts';
import type { Deps } from '../deps.ts';
import { Problem, type FieldError } from '../shared/problem.ts';
import { requireStoredId } from '../shared/public-id.rules.ts';
import { presentCharges, type PresentedCharge } from './charge.presenter.ts';
import { recordUsageCharges } from './record-usage-charges.ts';
import type { UsageItem, UsageOutcome } from './usage.types.ts';
import { usageChargeSchema } from './usage-charge.schema.ts';

const checkItem = compileSchema(usageChargeSchema);

/** What became of one item of a request of many. */
export type PresentedOutcome =
  | { readonly index: number; readonly charge: PresentedCharge; readonly replayed?: true }
  | { readonly index: number; readonly problem: ProblemDocument };

/** A usage charge as the use case takes it, from a body that the schema has let through. */
export function usageItemOf(body: FromSchema<typeof usageChargeSchema>): UsageItem {
  const consentId = requireStoredId('consent', body.consent);
  const { tax_code: taxCode, description, reference, item_key: itemKey } = body;
  const { partner: partnerCode } = body;
  const sale = { consentId, amountMinor: BigInt(body.amount), taxCode, description };
  return { ...sale, reference, itemKey, partnerCode };
}

/**
 * Charges many uses in one transaction, with an outcome each in their order. An item that does not match the
 * schema is refused by itself, like one that breaks a limit; the others are charged.
 */
export async function chargeUsages(
  deps: Deps,
  actor: Actor,
  items: readonly unknown[],
): Promise<PresentedOutcome[]> {
  const checked = items.map(checkUsage);
  const usable = checked.flatMap((item) => (item instanceof Problem ? [] : [item]));
  const recorded = await recordUsageCharges(deps, actor, { items: usable });
  let next = 0;
  const outcomes = checked.map((item, index): UsageOutcome => {
    if (item instanceof Problem) return { kind: 'refused', problem: item };
    const outcome = recorded[next];
    next += 1;
    if (!outcome) throw new Error('a usage charge was left without an outcome');
    return outcome.kind === 'refused' ? { ...outcome, problem: atItem(outcome.problem, index) } : outcome;
  });
  return presentOutcomes(deps, outcomes);
}

/** A refusal of one use, its pointers leading into the request of many. */
function atItem(problem: Problem, index: number): Problem {
  const { code, detail, facts, cause } = problem;
  if (problem.errors.length === 0) return problem;
  const errors = problem.errors.map((error) => errorAtItem(error, index));
  return new Problem(code, { ...(detail === undefined ? {} : { detail }), facts, errors, cause });
}

function errorAtItem({ pointer, message }: FieldError, index: number): FieldError {
  return { pointer: `/charges/${index}${pointer}`, message };
}

function checkUsage(item: unknown, index: number): UsageItem | Problem {
  const outcome = checkItem(item);
  if (outcome.valid) return usageItemOf(outcome.value);
  return invalidRequest(
    'item',
    outcome.errors.map((error) => errorAtItem(error, index)),
  );
}

/** The charges among outcomes, in their order; only those of before can have been refunded since. */
export function presentCharged(deps: Deps, outcomes: readonly UsageOutcome[]): Promise<PresentedCharge[]> {
  const charged = outcomes.filter((outcome) => outcome.kind !== 'refused');
  const replayed = new Set(charged.flatMap((outcome) => (outcome.replayed ? [outcome.charge.id] : [])));
  return presentCharges(
    deps,
    charged.map(({ charge }) => charge),
    ({ id }) => !replayed.has(id),
  );
}

async function presentOutcomes(deps: Deps, outcomes: readonly UsageOutcome[]): Promise<PresentedOutcome[]> {
  const charges = (await presentCharged(deps, outcomes)).values();
  return outcomes.map((outcome, index): PresentedOutcome => {
    if (outcome.kind === 'refused') return { index, problem: describeProblem(outcome.problem, deps.config) };
    const charge = charges.next().value;
    if (!charge) throw new Error('a captured charge was not presented');
    return { index, charge, ...(outcome.replayed && { replayed: true }) };
  });
}
