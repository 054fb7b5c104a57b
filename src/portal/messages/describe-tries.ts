import type { Translate } from './translate.ts';

/**
 * How many more sign-ins may fail, as a sentence after the refusal; empty if the refusal does not say. The number does not depend on
 * whether there is such an ID.
 */
export function describeTries(left: unknown, t: Translate): string {
  if (typeof left !== 'number') return '';
  return left === 0 ? t('error.no-tries-left') : t('error.tries-left', { count: left });
}
