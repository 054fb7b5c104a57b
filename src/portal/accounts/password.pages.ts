import { findInvited } from '../../accounts/accept-invitation.ts';
import { findToken } from '../../identity/one-time-tokens.ts';
import { Problem } from '../../shared/problem.ts';
import { definePage, type PageView } from '../kit/define-page.ts';
import { template } from '../kit/template.ts';
import type { AccountSite } from '../account-site.ts';

export interface LinkView extends PageView {
  /** False for a link that was used, replaced or is too old. */
  readonly isOpen: boolean;
  /** Where the form posts to. */
  readonly action: string;
}

interface InvitationView extends LinkView {
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly email: string;
}

const GONE = 410;

/** The link of an invitation. Opening it shows; only the form accepts, so that a mail scanner that follows links uses nothing up. */
export function invitationPage(site: AccountSite) {
  return definePage({
    name: `${site.audience}.invitation`,
    path: `${site.base}/invitation/:token`,
    audience: 'public',
    load: async (deps, { params: { token = '' } }) => {
      const invited = await findInvited(deps, { token }).catch(ifInvalid);
      return { token, invited: invited?.audience === site.audience ? invited : undefined };
    },
    view: ({ token, invited }, { t }): InvitationView => ({
      title: t(invited ? 'accounts.invitation.title' : 'accounts.link.closed'),
      ...(!invited && { responseStatus: GONE }),
      isOpen: invited !== undefined,
      action: `${site.base}/invitation/${token}`,
      email: invited?.email ?? '',
      facts: [
        { label: t('accounts.name'), text: invited?.displayName ?? '' },
        { label: t('accounts.email'), text: invited?.email ?? '' },
        ...(invited?.companyCode ? [{ label: t('accounts.company'), text: invited.companyCode }] : []),
      ],
    }),
    template: template<InvitationView>('accounts/invitation'),
  });
}

export function resetPage(site: AccountSite) {
  return definePage({
    name: `${site.audience}.password-reset`,
    path: `${site.base}/password-reset/:token`,
    audience: 'public',
    load: async (deps, { params: { token = '' } }) => ({
      token,
      isOpen: (await findToken(deps, 'password-reset', token)) !== undefined,
    }),
    view: ({ token, isOpen }, { t }): LinkView => ({
      title: t(isOpen ? 'accounts.reset.title' : 'accounts.link.closed'),
      ...(!isOpen && { responseStatus: GONE }),
      isOpen,
      action: `${site.base}/password-reset/${token}`,
    }),
    template: template<LinkView>('accounts/password-reset'),
  });
}

interface ForgottenView extends PageView {
  readonly isSent: boolean;
}

export function forgottenPage(site: AccountSite) {
  return definePage({
    name: `${site.audience}.forgotten`,
    path: `${site.base}/forgotten`,
    audience: 'public',
    query: {
      type: 'object',
      properties: { sent: { type: 'string', enum: ['1'] } },
      additionalProperties: false,
    } as const,
    load: (_, { query }) => ({ isSent: query.sent !== undefined }),
    view: ({ isSent }, { t }): ForgottenView => ({
      title: t(isSent ? 'accounts.forgotten.sent' : 'accounts.forgotten.title'),
      isSent,
    }),
    template: template<ForgottenView>('accounts/forgotten'),
  });
}

function ifInvalid(error: unknown): undefined {
  if (error instanceof Problem && error.code === 'token-invalid') return undefined;
  throw error;
}
