import { platforms } from '../../src/companies/seller-terms.rules.ts';
import { isDate } from '../../src/shared/calendar-date.rules.ts';
import { oneOf, optional, text, WrongValue, type ValueType } from '../cli/options.ts';

/** A day, or `planned`, which is read as null. */
const dateOrPlanned: ValueType<string | null> = {
  placeholder: 'YYYY-MM-DD',
  read(typed) {
    if (typed === 'planned') return null;
    if (!isDate(typed)) throw new WrongValue('must be a date that exists, YYYY-MM-DD, or planned');
    return typed;
  },
};

/** What a service says of itself (seller-terms.rules.ts), as options of a command; the first time all of them are needed. */
export const termsOptions = {
  'paid-for': optional(text('TEXT'), 'what can be paid for, in Japanese'),
  'paid-for-en': optional(text('TEXT'), 'the same in English'),
  delivery: optional(text('TEXT'), 'when and how purchases are delivered, in Japanese'),
  'delivery-en': optional(text('TEXT'), 'the same in English'),
  cancellation: optional(text('TEXT'), 'how to withdraw or cancel, in Japanese'),
  'cancellation-en': optional(text('TEXT'), 'the same in English'),
  'seller-address': optional(text('ADDRESS'), "the seller's postal address in Japanese"),
  'seller-address-en': optional(text('ADDRESS'), 'the same in English'),
  'seller-telephone': optional(text('NUMBER'), "the seller's telephone number, 03-0000-0000"),
  'contact-email': optional(text('ADDRESS'), 'where questions of subscribers arrive'),
  platform: optional(oneOf('PLATFORM', platforms), `how it reaches customers: ${platforms.join(', ')}`),
  'listed-from': optional(
    dateOrPlanned,
    'first day of sales in the list of companies, or planned; today if new',
  ),
} as const;

/** All texts of a service, as somebody types them for the first time. */
export const termsExample = [
  '--paid-for 映画のレンタル --paid-for-en "Film rental"',
  '--delivery "購入後すぐに視聴できます。" --delivery-en "You can watch it at once."',
  '--cancellation "視聴を始めるまで取り消せます。" --cancellation-en "You can cancel until you start to watch."',
  '--seller-address 東京都江東区1-1 --seller-address-en "1-1, Koto-ku, Tokyo"',
  '--seller-telephone 03-0000-0000 --contact-email help@video.example --platform internet',
].join(' ');
