import type { Problem } from '../../shared/problem.ts';
import type { Translate } from '../messages/translate.ts';
import type { LinkView } from './component.types.ts';

/** Where a person does what a refusal asks for; undefined for most. Personal data is shown by the support desk. */
export function problemWay(
  { code, facts }: Pick<Problem, 'code' | 'facts'>,
  t: Translate,
): LinkView | undefined {
  if (code !== 'personal-data-hidden') return undefined;
  const { line_id: line, holder_from: from } = facts;
  return {
    href: `/support/lines/${line}/tenures/${from}/personal-data`,
    label: t('problem.personal-data-hidden.way'),
  };
}
