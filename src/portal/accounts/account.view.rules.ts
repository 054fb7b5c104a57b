import type { SignedInAccount } from '../../accounts/account-proof.ts';
import type { listOwnSessions } from '../../accounts/account-sessions.ts';
import type { AccountRoleName } from '../../accounts/account.rules.ts';
import type { listOwnPasskeys } from '../../accounts/passkey-enrolment.ts';
import { hasFactor, needsSecondFactor, type FactorsOfAccount } from '../../accounts/sign-in-step.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import type { Desk } from '../account-site.ts';
import { nameBrowser } from '../../shared/browser-name.rules.ts';

type Words = Pick<ViewFrame, 't' | 'format'>;

interface Fact {
  readonly label: string;
  readonly text: string;
}

export interface HomeView extends PageView {
  readonly facts: readonly Fact[];
  readonly roles: readonly { readonly name: string; readonly text: string }[];
  readonly isStaff: boolean;
  /** Where else the person works. */
  readonly desks: readonly { readonly href: string; readonly label: string }[];
  /** What the person should do about the account's safety, if anything. */
  readonly advice: string | undefined;
}

interface Home {
  readonly account: SignedInAccount;
  readonly factors: FactorsOfAccount;
  readonly desks: readonly Desk[];
}

/** The person, and each role with what it may do. */
export function describeAccount(
  { account, factors, desks }: Home,
  { t, can }: Pick<ViewFrame, 't' | 'can'>,
): HomeView {
  const { audience, companyCode, displayName, email, roles } = account;
  return {
    title: t('accounts.home.title', { name: displayName }),
    facts: [
      { label: t('accounts.email'), text: email },
      ...(companyCode ? [{ label: t('accounts.company'), text: companyCode }] : []),
      { label: t('accounts.home.factors'), text: nameFactors(factors, t) },
    ],
    roles: roles.map((role) => ({ name: t(roleKey(role)), text: t(`${roleKey(role)}-may`) })),
    isStaff: audience === 'staff',
    desks: desks
      .filter(({ permission }) => can(permission))
      .map(({ path }) => ({ href: path, label: t(`accounts.desk.${path}`) })),
    advice: adviceOn(factors, t),
  };
}

function roleKey<R extends AccountRoleName>(role: R): `accounts.role.${R}` {
  return `accounts.role.${role}`;
}

function nameFactors({ totp, passkeys, recoveryCodes }: FactorsOfAccount, t: Words['t']): string {
  const named = [
    ...(totp ? [t('accounts.factors.app')] : []),
    ...(passkeys > 0 ? [t('accounts.factors.passkeys', { count: passkeys })] : []),
    ...(recoveryCodes > 0 ? [t('accounts.factors.codes', { count: recoveryCodes })] : []),
  ];
  return named.length === 0 ? t('accounts.factors.none') : named.join(t('accounts.factors.and'));
}

/** Below this many recovery codes, the person is told to get new ones. */
const FEW_CODES = 3;

function adviceOn(factors: FactorsOfAccount, t: Words['t']): string | undefined {
  if (!hasFactor(factors)) return t('accounts.advice.no-factor');
  if (factors.recoveryCodes === 0) return t('accounts.advice.no-codes');
  if (factors.recoveryCodes < FEW_CODES)
    return t('accounts.advice.few-codes', { count: factors.recoveryCodes });
  return undefined;
}

interface SessionRow {
  readonly id: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly isCurrent: boolean;
}

export interface SecurityView extends PageView {
  /** For password managers. */
  readonly email: string;
  readonly hasApp: boolean;
  readonly isAppRemovable: boolean;
  readonly hasFactor: boolean;
  readonly codesText: string;
  readonly advice: string | undefined;
  readonly passkeys: readonly {
    readonly id: string;
    readonly title: string;
    readonly notes: readonly string[];
    /** The last factor of an account that needs one stays. */
    readonly isRemovable: boolean;
  }[];
  readonly sessions: readonly SessionRow[];
  readonly hasOthers: boolean;
}

interface Security {
  readonly account: SignedInAccount;
  readonly factors: FactorsOfAccount;
  readonly passkeys: Awaited<ReturnType<typeof listOwnPasskeys>>;
  readonly sessions: Awaited<ReturnType<typeof listOwnSessions>>;
}

export function describeSecurity(
  { account, factors, passkeys, sessions }: Security,
  words: Words,
): SecurityView {
  const { t, format } = words;
  const isRemovable = factors.totp || passkeys.length > 1 || !needsSecondFactor(account);
  return {
    title: t('accounts.account.title'),
    email: account.email,
    hasApp: factors.totp,
    isAppRemovable: factors.totp && (passkeys.length > 0 || !needsSecondFactor(account)),
    hasFactor: hasFactor(factors),
    codesText: t('accounts.codes.left', { count: factors.recoveryCodes }),
    advice: adviceOn(factors, t),
    passkeys: passkeys.map(({ credentialId: id, label, createdAt, lastUsedAt }) => ({
      id,
      title: label,
      notes: [
        t('accounts.passkey.since', { at: format.dateTime(createdAt) }),
        ...(lastUsedAt ? [t('accounts.passkey.used', { at: format.dateTime(lastUsedAt) })] : []),
      ],
      isRemovable,
    })),
    sessions: sessions.map((session) => describeSession(session, words)),
    hasOthers: sessions.some(({ isCurrent }) => !isCurrent),
  };
}

function describeSession(
  { id, userAgent, address, createdAt, lastSeenAt, isCurrent }: Security['sessions'][number],
  { t, format }: Words,
): SessionRow {
  return {
    id,
    title: nameBrowser(userAgent) ?? t('accounts.session.unknown'),
    notes: [
      t('accounts.session.since', { at: format.dateTime(createdAt) }),
      t('accounts.session.seen', { at: format.dateTime(lastSeenAt), address: address ?? '–' }),
    ],
    isCurrent,
  };
}
