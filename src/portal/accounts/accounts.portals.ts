import { definePortal, type Portal } from '../kit/define-portal.ts';
import { accountAudience } from '../account-audience.ts';
import { accountSites, type AccountSite } from '../account-site.ts';
import { endSessionForms, removalForms, stepUpForms } from './account.forms.ts';
import { homePage, securityPage, stepUpPage } from './account.pages.ts';
import { appForm, newCodesForm, newPasskeyForm } from './enrolment.forms.ts';
import { appPage, enrolmentPage, passkeyPage } from './enrolment.pages.ts';
import { changePasswordForm, forgottenForm, invitationForm, resetForm } from './password.forms.ts';
import { forgottenPage, invitationPage, resetPage } from './password.pages.ts';
import { factorForms, signInForm, signOutForm } from './sign-in.forms.ts';
import { factorPage, signInPage } from './sign-in.pages.ts';

/** Everything about signing in to an account, and the account's own pages. */
function accountPages(site: AccountSite): Required<Pick<Portal, 'pages' | 'forms'>> {
  const [signIn, factor] = [signInPage(site), factorPage(site)];
  const [enrolment, app, passkey] = [enrolmentPage(site), appPage(site), passkeyPage(site)];
  const [invitation, forgotten, reset] = [invitationPage(site), forgottenPage(site), resetPage(site)];
  const [security, stepUp] = [securityPage(site), stepUpPage(site)];
  // People of companies begin on the first page of their company.
  const home = site.audience === 'staff' ? [homePage(site)] : [];
  return {
    pages: [...home, security, stepUp, signIn, factor, enrolment, app, passkey, invitation, forgotten, reset],
    forms: [
      signInForm(site, signIn),
      ...factorForms(site, factor),
      signOutForm(site, signIn),
      appForm(site, app),
      newPasskeyForm(site, passkey),
      newCodesForm(site, security),
      invitationForm(site, invitation),
      forgottenForm(site, forgotten),
      resetForm(site, reset),
      changePasswordForm(site, security),
      ...removalForms(site, security),
      ...endSessionForms(site, security),
      ...stepUpForms(site, stepUp),
    ],
  };
}

/** Where people of companies sign in, beside the pages of subscribers. */
export const companyPortal = definePortal({
  name: 'company',
  listener: 'public',
  audience: accountAudience(accountSites.company),
  tagline: 'accounts.tagline.company',
  foot: 'accounts.foot.company',
  home: accountSites.company.base,
  problemTexts: 'accounts.problem',
  ...accountPages(accountSites.company),
});

/** Where the carrier's staff sign in, on a listener that the internet does not reach. */
export const staffPortal = definePortal({
  name: 'staff',
  listener: 'staff',
  audience: accountAudience(accountSites.staff),
  tagline: 'accounts.tagline.staff',
  foot: 'accounts.foot.staff',
  home: accountSites.staff.base,
  problemTexts: 'accounts.problem',
  ...accountPages(accountSites.staff),
});
