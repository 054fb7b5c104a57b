import type { FormState } from './form-state.ts';

/**
 * Whether a page may ask its question again after its form was refused: only for what was typed, and if the form would send the same
 * of what the page has worked out (`shown`, by field) as it did. Otherwise the person would confirm something else than they were asked.
 */
export function mayAskAgain(
  form: Pick<FormState, 'values' | 'problem'> | undefined,
  shown: Readonly<Record<string, string>>,
): boolean {
  if (!form) return true;
  return !form.problem && Object.entries(shown).every(([name, text]) => form.values[name] === text);
}
