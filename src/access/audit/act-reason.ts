import { compileInputCheck } from '../../shared/check-input.ts';
import { readableText } from '../../shared/readable-text.rules.ts';

/**
 * On whose word somebody of the carrier acts. `holder`: of the line's contract; `person`: of the issued ID; `company`: the seller;
 * `carrier`: nobody's, the carrier protects the line.
 */
export const askers = ['holder', 'person', 'company', 'carrier'] as const;
export type Asker = (typeof askers)[number];

/** Who asked for an act, and why. It is kept in the audit row of the act, and nowhere else. */
export interface ActReason {
  readonly askedBy: Asker;
  readonly why: string;
}

const check = compileInputCheck<ActReason>({
  askedBy: { type: 'string', enum: askers },
  why: readableText(200),
});

/** The reason as facts of an audit row; none for who acts for themselves. @throws Problem `invalid-request` */
export function reasonFacts(reason: ActReason | undefined): Partial<ActReason> {
  if (reason === undefined) return {};
  const { askedBy, why } = reason;
  check({ askedBy, why });
  return { askedBy, why };
}

/** The reason among the facts of an audit row, if it has one. */
export function readReason(facts: unknown): ActReason | undefined {
  const { askedBy, why } = (facts ?? {}) as Partial<Record<keyof ActReason, unknown>>;
  const asker = askers.find((one) => one === askedBy);
  return asker !== undefined && typeof why === 'string' ? { askedBy: asker, why } : undefined;
}
