import type { BrakeKinds } from '../access/approvals/set-by-two.queries.ts';

/** The proposals by which two people suspend a service and let it sell again. */
export const suspensionKinds = {
  set: 'watch.suspend-service',
  lift: 'watch.resume-service',
  lifted: 'service.activate',
} as const satisfies BrakeKinds;

export const serviceSubject = ({ companyCode, code }: { companyCode: string; code: string }): string =>
  `service:${companyCode}/${code}`;
