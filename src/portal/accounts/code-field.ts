import type { MessageKey } from '../messages/translate.ts';
import { textField, type Field } from '../kit/form-fields.ts';

/** A code that works once: what was typed is of no use on the page that is shown again. */
export function codeField(label: MessageKey, maxLength = 32): Field<string> {
  return { ...textField({ label, maxLength }), isSecret: true };
}
