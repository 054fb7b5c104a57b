import type { billingTodayJa } from './billing-today-ja.ts';

/** English texts of the first page in the console of billing. */
export const billingTodayEn = {
  'billing.today.nav': 'Today',
  'billing.today.title': 'Today',
  'billing.today.night-done':
    'The night of {night} is complete: {closed} periods closed, {folded} charges folded, {parked} parked.',
  'billing.today.night-open':
    'The night of {night} is not complete: {closed} periods closed, {folded} charges folded, {parked} parked so far.',
  'billing.today.night-running':
    'The night of {night} is running: {closed} periods closed, {folded} charges folded, {parked} parked so far.',
  'billing.today.night-failed': 'The night of {night} failed at: {jobs}.',
  'billing.today.night-none': 'The night of {night} has not begun.',
  'billing.today.failed': '{job} failed: {error}',
  'billing.today.open-run': 'Open the run',
  'billing.today.older-nights':
    '{count} earlier nights are not complete, the oldest of {date}. They run oldest first.',
  'billing.today.open-runs': 'Open the runs',
  'billing.today.waiting': 'Waiting for you',
  'billing.today.what': 'What',
  'billing.today.count': 'Count',
  'billing.today.approvals': 'Proposals to approve or reject',
  'billing.today.drafts': 'Draft settlements to review',
  'billing.today.rejected': 'Rejected settlements',
  'billing.today.returned': 'Payouts that came back',
  'billing.today.overdue': 'Payouts whose result is overdue',
  'billing.today.open-payouts': 'Payout runs not sent yet',
  'billing.today.parked': 'Parked: {job}',
  'billing.today.nothing-waits': 'Nothing waits for you',
  'billing.today.nothing-waits-text': 'What comes up appears here.',
  'billing.today.running': 'Running now',
  'billing.today.nothing-runs': 'Nothing is running',
  'billing.today.next-night': 'Next night: {at}',
  'billing.today.this-month': 'This month',
  'billing.today.sun': 'Sun',
  'billing.today.mon': 'Mon',
  'billing.today.tue': 'Tue',
  'billing.today.wed': 'Wed',
  'billing.today.thu': 'Thu',
  'billing.today.fri': 'Fri',
  'billing.today.sat': 'Sat',
  'billing.today.no-bank': 'No banks',
  'billing.today.closes': 'Close {group} ({month})',
  'billing.today.issues': 'Issue {group} ({month})',
  'billing.today.due': 'Due {group} ({month})',
  'billing.today.payouts': 'Payouts: {count}',
} as const satisfies Readonly<Record<keyof typeof billingTodayJa, string>>;
