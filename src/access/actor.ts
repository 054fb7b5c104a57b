import type { CompanyRole, StaffRole } from './permissions.ts';

/** A company's program, through one of the company's API keys. */
export interface CompanyKeyActor {
  readonly kind: 'company-key';
  readonly companyId: number;
  readonly keyId: string;
  readonly scopes: ReadonlySet<string>;
}

/** A person of a company. */
export interface CompanyUserActor {
  readonly kind: 'company-user';
  readonly companyId: number;
  /** Reference of the account, `acct-12`. */
  readonly account: string;
  readonly roles: readonly CompanyRole[];
  /** How the person proved to be that account. */
  readonly provenBy: 'password' | 'second-factor';
}

/** A tenure that has ended, which its people still read for some time. Both days are inclusive. */
export interface FormerTenure {
  readonly heldThrough: string;
  readonly readsThrough: string;
}

/** A person with an issued ID, under the tenure the ID was issued in. */
export interface SubscriberActor {
  readonly kind: 'subscriber';
  readonly subscriberId: number;
  readonly lineId: string;
  readonly holderFrom: string;
  /** The person who holds the line's contract: sees and limits what everybody on the line buys. */
  readonly isHolder: boolean;
  /** Connected through the line. Elsewhere a person reads, and ends or blocks, and can buy or permit nothing. */
  readonly isOnLine: boolean;
  /** The line has gone to another holder: the person reads what was theirs under this tenure, and does nothing. */
  readonly former?: FormerTenure | undefined;
}

/**
 * Somebody at an address that lets in who has it, and who has not signed in: the sealed address of a checkout, known to the
 * buyer's browser alone, is enough to decline what is offered there; the link in a mail to a company is enough to answer the
 * enquiry of that mail. Neither is enough for anything else.
 */
export interface VisitorActor {
  readonly kind: 'visitor';
  /** Identifier of the charge, subscription or consent that is offered, or of the enquiry. */
  readonly subject: string;
}

/** A person of the carrier. */
export interface StaffActor {
  readonly kind: 'staff';
  /** Reference of the account, `acct-12`; or the name that was typed with `--as`. */
  readonly account: string;
  readonly roles: readonly StaffRole[];
  /** How the person proved to be that account. A name on a command line (`--as`) names and does not prove. */
  readonly provenBy: 'nothing' | 'second-factor';
}

/** A job of the timetable. */
export interface JobActor {
  readonly kind: 'job';
  readonly job: string;
}

/**
 * Who does something, with what it may name. Use cases take `(deps, actor, input)`: what an actor may do is in
 * `permissions.ts`.
 */
export type Actor =
  | CompanyKeyActor
  | CompanyUserActor
  | SubscriberActor
  | VisitorActor
  | StaffActor
  | JobActor;

/** The actor as audit rows and approvals name it, `kind:identity`; two actors of one name are the same. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'company-key':
      return `company-key:${actor.companyId}/${actor.keyId}`;
    case 'company-user':
      return `company-user:${actor.account}`;
    case 'subscriber':
      return `subscriber:${actor.subscriberId}`;
    case 'visitor':
      return `visitor:${actor.subject}`;
    case 'staff':
      return `staff:${actor.account}`;
    case 'job':
      return `job:${actor.job}`;
    default:
      return actor satisfies never;
  }
}

/** A job of the timetable, as which its work acts. */
export function jobActor(job: string): JobActor {
  return { kind: 'job', job };
}
