import type { ProblemCode } from '../shared/problem.ts';

/** Constraint of the database → the Problem that it means to the caller. Any other is a bug and is not translated. */
export const constraintProblems: Readonly<Record<string, ProblemCode>> = {
  account_email: 'already-exists',
  account_first_two: 'approval-required',
  account_is_one_person: 'illegal-state',
  account_role_takes_two: 'approval-required',
  approval_is_final: 'approval-decided',
  approval_in_time: 'approval-expired',
  approval_two_people: 'approval-own',
  approval_waits_once: 'approval-pending',
  bank_account_takes_two: 'approval-required',
  billing_period_is_final: 'illegal-state',
  charge_is_final: 'illegal-state',
  company_code: 'already-exists',
  contract_of_settlement_is_final: 'illegal-state',
  contract_start: 'already-exists',
  line_invoice_is_final: 'illegal-state',
  payout_goes_forward: 'illegal-state',
  payout_run_is_final: 'illegal-state',
  payout_run_number: 'already-exists',
  payout_run_takes_two: 'approval-required',
  service_code: 'already-exists',
  settlement_is_final: 'illegal-state',
  subscriber_issued_id: 'already-exists',
  subscriber_slot: 'too-many-subscribers',
  tariff_goes_forward: 'illegal-state',
};
