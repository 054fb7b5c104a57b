import type { kitJa } from './kit-ja.ts';

/** English texts of what all pages share. */
export const kitEn: Readonly<Record<keyof typeof kitJa, string>> = {
  'kit.error-title': 'Error: {title}',
  'kit.error-summary': 'Check what you entered',
  'kit.fault.missing': 'Fill in this field.',
  'kit.fault.choose': 'Choose one.',
  'kit.fault.invalid': 'This is not accepted.',
  'kit.fault.too-long': 'Use {max} characters at most.',
  'kit.fault.number': 'Enter a whole number from {min} to {max}.',
  'kit.fault.money': 'Enter a whole amount from 0 to {max}.',
  'kit.fault.date': 'Enter a real date, such as 2026-05-01.',
  'kit.optional': '(optional)',
  'kit.crumbs': 'You are here',
  'kit.pages': 'Pages',
  'kit.first-page': 'First page',
  'kit.next-page': 'Next page',
  'kit.back': 'Go back',
  'kit.copy': 'Copy',
  'kit.copied': 'Copied',
  'kit.nav': 'Menu',
  'kit.sign-out': 'Sign out',
  'problem.permission-denied.title': 'You cannot do this',
  'problem.permission-denied.text': 'Your permissions do not cover this page or this action.',
  'problem.rate-limit-exceeded.title': 'Too many requests',
  'problem.rate-limit-exceeded.text': 'Wait a moment, then try again.',
};
