import type { MessageKey, Translate } from '../../messages/translate.ts';
import { fieldLabel, valueWord } from './company-words.rules.ts';
import type { FormFieldView } from './subject.types.ts';

type FieldName = MessageKey extends infer K
  ? K extends `billing.companies.field.${infer N}`
    ? N
    : never
  : never;

/** The label of a field of a form; its name is that of the member of the use case's input. */
export const labelKey = (name: FieldName): MessageKey => `billing.companies.field.${name}`;

/** A field for a text, number or date. */
export function field(
  name: FieldName,
  t: Translate,
  over: Omit<FormFieldView, 'name' | 'label'> = {},
): FormFieldView {
  return { name, label: fieldLabel(name, t), ...over };
}

/** A field with one of some words. */
export function choice(
  name: FieldName,
  values: readonly string[],
  { t, value = '', empty, hint }: { t: Translate; value?: string; empty?: string; hint?: string },
): FormFieldView {
  const words = values.filter((one) => one !== '').map((one) => ({ value: one, label: valueWord(one, t) }));
  const options = empty === undefined ? words : [{ value: '', label: empty }, ...words];
  return { name, label: fieldLabel(name, t), value, options, ...(hint !== undefined && { hint }) };
}
