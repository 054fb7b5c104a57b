import { companyRoles, staffRoles } from '../../../src/access/permissions.ts';
import { readMatrix } from './read-matrix.ts';

/** Somebody without a session, each role of the site, and a person of the other site with a session of theirs. */
const companyOpeners = ['nobody', ...companyRoles, 'other-site'] as const;
const staffOpeners = ['nobody', ...staffRoles, 'other-site'] as const;

/** Pages of companies: an account is the same to every role. */
const companyOpened = readMatrix(
  companyOpeners,
  `
#                                          nobody  owner finance developer support partner  other site
company.account         /company/account            303  200 200 200 200 200  303
company.step-up         /company/step-up            303  200 200 200 200 200  303
company.sign-in         /company/sign-in            200  200 200 200 200 200  200
company.factor          /company/sign-in/factor     200  200 200 200 200 200  200
company.enrolment       /company/enrolment          200  200 200 200 200 200  200
company.app             /company/enrolment/app      200  200 200 200 200 200  200
company.passkey         /company/enrolment/passkey  200  200 200 200 200 200  200
company.invitation      /company/invitation/unknown 410  410 410 410 410 410  410
company.forgotten       /company/forgotten          200  200 200 200 200 200  200
company.password-reset  /company/password-reset/unknown  410  410 410 410 410 410  410
`,
);

/** Pages of the carrier's staff. */
const staffOpened = readMatrix(
  staffOpeners,
  `
#                                    nobody  agent lead billing approver administrator auditor  other site
staff.home              /staff                    303  200 200 200 200 200 200  303
staff.account           /staff/account            303  200 200 200 200 200 200  303
staff.step-up           /staff/step-up            303  200 200 200 200 200 200  303
staff.sign-in           /staff/sign-in            200  200 200 200 200 200 200  200
staff.factor            /staff/sign-in/factor     200  200 200 200 200 200 200  200
staff.enrolment         /staff/enrolment          200  200 200 200 200 200 200  200
staff.app               /staff/enrolment/app      200  200 200 200 200 200 200  200
staff.passkey           /staff/enrolment/passkey  200  200 200 200 200 200 200  200
staff.invitation        /staff/invitation/unknown 410  410 410 410 410 410 410  410
staff.forgotten         /staff/forgotten          200  200 200 200 200 200 200  200
staff.password-reset    /staff/password-reset/unknown  410  410 410 410 410 410 410  410
`,
);

/** Forms, posted with their token and without a field; those that name something name what is not theirs. */
const companyPosted = readMatrix(
  companyOpeners,
  `
company.sign-in-form    /company/sign-in                   422  422 422 422 422 422  422
company.code-form       /company/sign-in/code              422  422 422 422 422 422  422
company.recovery-form   /company/sign-in/recovery          422  422 422 422 422 422  422
company.passkey-form    /company/sign-in/passkey           422  422 422 422 422 422  422
company.app-form        /company/enrolment/app             422  422 422 422 422 422  422
company.new-passkey-form /company/enrolment/passkey        422  422 422 422 422 422  422
company.invitation-form /company/invitation/unknown        422  422 422 422 422 422  422
company.forgotten-form  /company/forgotten                 422  422 422 422 422 422  422
company.reset-form      /company/password-reset/unknown    422  422 422 422 422 422  422
company.change-password /company/account/password          303  422 422 422 422 422  303
company.remove-passkey  /company/account/passkeys/unknown/remove  303  404 404 404 404 404  303
company.end-session     /company/account/sessions/unknown/end     303  404 404 404 404 404  303
company.step-up-code    /company/step-up/code              303  422 422 422 422 422  303
company.step-up-passkey /company/step-up/passkey           303  422 422 422 422 422  303
`,
);

const staffPosted = readMatrix(
  staffOpeners,
  `
staff.sign-in-form      /staff/sign-in                     422  422 422 422 422 422 422  422
staff.code-form         /staff/sign-in/code                422  422 422 422 422 422 422  422
staff.recovery-form     /staff/sign-in/recovery            422  422 422 422 422 422 422  422
staff.passkey-form      /staff/sign-in/passkey             422  422 422 422 422 422 422  422
staff.app-form          /staff/enrolment/app               422  422 422 422 422 422 422  422
staff.new-passkey-form  /staff/enrolment/passkey           422  422 422 422 422 422 422  422
staff.invitation-form   /staff/invitation/unknown          422  422 422 422 422 422 422  422
staff.forgotten-form    /staff/forgotten                   422  422 422 422 422 422 422  422
staff.reset-form        /staff/password-reset/unknown      422  422 422 422 422 422 422  422
staff.change-password   /staff/account/password            303  422 422 422 422 422 422  303
staff.remove-passkey    /staff/account/passkeys/unknown/remove  303  404 404 404 404 404 404  303
staff.end-session       /staff/account/sessions/unknown/end     303  404 404 404 404 404 404  303
staff.step-up-code      /staff/step-up/code                303  422 422 422 422 422 422  303
staff.step-up-passkey   /staff/step-up/passkey             303  422 422 422 422 422 422  303
`,
);

/** Forms that act without a field and without an identifier. These accounts have no app, and so no codes to replace (409). */
const companyActing = readMatrix(
  companyOpeners,
  `
company.sign-out        /company/sign-out                  303  303 303 303 303 303  303
company.new-codes       /company/account/recovery-codes    303  409 409 409 409 409  303
company.remove-app      /company/account/app/remove        303  409 409 409 409 409  303
company.end-other-sessions /company/account/sessions/end-others 303  303 303 303 303 303  303
`,
);

const staffActing = readMatrix(
  staffOpeners,
  `
staff.sign-out          /staff/sign-out                    303  303 303 303 303 303 303  303
staff.new-codes         /staff/account/recovery-codes      303  409 409 409 409 409 409  303
staff.remove-app        /staff/account/app/remove          303  409 409 409 409 409 409  303
staff.end-other-sessions /staff/account/sessions/end-others 303  303 303 303 303 303 303  303
`,
);

export const companyMatrix = {
  openers: companyOpeners,
  opened: companyOpened,
  posted: companyPosted,
  acting: companyActing,
};

export const staffMatrix = {
  openers: staffOpeners,
  opened: staffOpened,
  posted: staffPosted,
  acting: staffActing,
};
