import { formatsOf } from '../../../src/portal/kit/format.rules.ts';
import type { ViewFrame } from '../../../src/portal/kit/define-page.ts';
import { translator } from '../../../src/portal/messages/translate.ts';

/** What a view gets for somebody who may do everything. */
export const frameIn = (language: 'ja' | 'en'): ViewFrame => ({
  language,
  t: translator(language),
  format: formatsOf({ language, currency: 'JPY', timeZone: 'Asia/Tokyo' }),
  can: () => true,
  nameOf: (named) => named,
  form: undefined,
});
