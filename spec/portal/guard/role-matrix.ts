import { readMatrix } from './read-matrix.ts';

/**
 * Who may open what, by hand: the answer of every page, form and download to every role of its audience. A page without a row
 * fails, and so does a row without a page. Identifiers are those of a person who buys (`{purchase}`), or of a stranger on another
 * line (`{other-purchase}`).
 */

/**
 * Somebody without a session, people of one line on it and elsewhere, the holder of another line, and who held one that has gone to
 * somebody else, with identifiers of that time.
 */
export const openers = [
  'nobody',
  'subscriber',
  'subscriber-elsewhere',
  'line-holder',
  'line-holder-elsewhere',
  'stranger',
  'former-line-holder',
] as const;
export type Opener = (typeof openers)[number];

/** Pages and downloads, opened with the identifiers of the subscriber's purchases. */
export const opened = readMatrix(
  openers,
  `
# public                                             nobody  subscriber     line-holder  stranger former-line-holder
#                                                         on line elsewhere  on  else
start                       /                             200  200  200      200  200  200  200
docs.reference              /docs                         200  200  200      200  200  200  200
docs.guides                 /docs/guides                  200  200  200      200  200  200  200
docs.guide                  /docs/guides/first-sale       200  200  200      200  200  200  200
docs.search                 /docs/search                  200  200  200      200  200  200  200
docs.problems               /problems                     200  200  200      200  200  200  200
docs.problem                /problems/limit-exceeded      200  200  200      200  200  200  200
answers.page                /answers/{answer}             200  200  200      200  200  200  200
companies.list              /companies                    200  200  200      200  200  200  200
components.page             /kit                          200  200  200      200  200  200  200
console.list                /kit/console                  200  200  200      200  200  200  200
console.subject             /kit/console/subject          200  200  200      200  200  200  200
checkout.page               /checkout/{checkout}/{seal}   200  200  200      200  200  200  200
# signing in
my.sign-in                  /my/sign-in                   200  200  200      200  200  200  200
my.code                     /my/code                      200  200  200      200  200  200  200
my.new-password             /my/new-password              200  200  200      200  200  200  200
my.forgotten                /my/forgotten                 200  200  200      200  200  200  200
my.forgotten-code           /my/forgotten/code            200  200  200      200  200  200  200
my.security                 /my/security                  303  200  200      200  200  200  403
my.step-up                  /my/step-up                   303  200  403      200  403  200  403
my.new-passkey              /my/security/passkeys/new     303  200  403      200  403  200  403
# a passkey is for its owner alone, not for the holder
my.passkey                  /my/security/passkeys/{passkey}         303  200  200  404  404  404  403
my.remove-passkey           /my/security/passkeys/{passkey}/remove  303  200  200  404  404  404  403
# the subscriber's own
my.overview                 /my                           303  200  200      200  200  200  200
my.invoices                 /my/invoices                  303  200  200      200  200  200  200
my.invoice                  /my/invoices/2026-05          303  200  200      200  200  200  200
my.invoice-pdf              /my/invoices/2026-05/pdf      303  403  403      200  200  200  200
my.invoice-csv              /my/invoices/2026-05/csv      303  200  200      200  200  200  200
my.purchases                /my/purchases                 303  200  200      200  200  200  200
my.purchase                 /my/purchases/{purchase}      303  200  200      200  200  404  200
my.receipt-pdf              /my/purchases/{purchase}/receipt  303  200  200  200  200  404  200
my.message                  /my/purchases/{purchase}/message  303  200  200  200  200  404  403
my.report                   /my/purchases/{purchase}/report   303  200  200  200  200  404  403
my.subscriptions            /my/subscriptions             303  200  200      200  200  200  200
my.subscription             /my/subscriptions/{subscription}  303  200  200  200  200  404  200
my.cancel-subscription      /my/subscriptions/{subscription}/cancel  303  200  200  200  200  404  403
my.consents                 /my/consents                  303  200  200      200  200  200  403
my.consent                  /my/consents/{consent}        303  200  200      200  200  404  403
my.revoke-consent           /my/consents/{consent}/revoke 303  200  200      200  200  404  403
my.payment-requests         /my/payment-requests          303  200  200      200  200  200  403
my.payment-request          /my/payment-requests/{request}  303  200  200    200  200  404  403
my.decline-payment-request  /my/payment-requests/{request}/decline  303  200  200  200  200  404  403
my.limits                   /my/limits                    303  200  200      200  200  200  403
my.notices                  /my/limits/notices            303  403  403      200  403  200  403
my.person-limits            /my/limits/people/{person}    303  200  200      200  200  404  403
my.change-limit             /my/limits/change/{person}/monthly-limit  303  200  403  200  200  404  403
my.find-seller              /my/limits/find/{person}/block      303  200  403  200  200  404  403
my.rule                     /my/limits/rules/{person}/block/none/none/on  303  404  403  404  404  404  403
my.only-listed              /my/limits/people/{person}/only-listed/on     303  200  403  200  200  404  403
my.people                   /my/people                    303  403  403      200  200  200  403
my.new-person               /my/people/new                303  403  403      200  403  200  403
my.person                   /my/people/{person}           303  403  403      200  200  404  403
my.reset-password           /my/people/{person}/password  303  403  403      200  403  404  403
my.end-person               /my/people/{person}/end       303  403  403      200  200  404  403
my.enquiries                /my/enquiries                 303  200  200      200  200  200  403
my.enquiry                  /my/enquiries/{enquiry}       303  200  200      200  200  404  403
my.case                     /my/cases/{case}              303  200  200      200  200  404  403
`,
);

/** The person who posts a form: not the stranger, whose identifiers the forms name. */
export const posters = openers.filter((opener) => opener !== 'stranger');

/** Forms, posted empty with their token and the identifiers of somebody else: who may post them finds nothing (404). */
export const posted = readMatrix(
  posters,
  `
#                                                               nobody  subscriber    line-holder  former-line-holder
answers.answer              /answers/{answer}                      422  422  422      422  422  422
components.form             /kit                                   422  422  422      422  422  422
components.console-form     /kit/console/subject                   422  422  422      422  422  422
checkout.sign-in            /checkout/{checkout}/{other-seal}/sign-in   404  404  404  404  404  404
checkout.passkey            /checkout/{checkout}/{other-seal}/passkey   404  404  404  404  404  404
checkout.sign-out           /checkout/{checkout}/{other-seal}/sign-out  404  404  404  404  404  404
checkout.confirm            /checkout/{checkout}/{other-seal}/confirm   404  404  404  404  404  404
checkout.decline            /checkout/{checkout}/{other-seal}/decline   404  404  404  404  404  404
my.cancel-subscription-form /my/subscriptions/{other-subscription}/cancel  303  404  404  404  404  403
my.revoke-consent-form      /my/consents/{other-consent}/revoke    303  404  404      404  404  403
my.decline-payment-request-form /my/payment-requests/{other-request}/decline  303  404  404  404  404  403
my.limit                    /my/limits/change/{other-person}/monthly-limit  303  404  403  404  404  403
my.rule-form                /my/limits/rules/{other-person}/block/none/none/on  303  404  403  404  404  403
my.only-listed-form         /my/limits/people/{other-person}/only-listed/on  303  404  403  404  404  403
my.undo-limit               /my/limits/undo/999999                 303  404  403  404  404  403
my.issue-id                 /my/people/new                         303  403  403  422  403  403
my.reset-password-form      /my/people/{other-person}/password     303  403  403  404  403  403
my.rename-id                /my/people/{other-person}/name         303  403  403  404  403  403
my.end-id                   /my/people/{other-person}/end          303  403  403  404  404  403
my.message-form             /my/purchases/{other-purchase}/message 303  404  403      404  403  403
my.enquiry-form             /my/enquiries/{other-enquiry}          303  404  403      404  403  403
my.report-form              /my/purchases/{other-purchase}/report  303  404  403      404  403  403
my.case-note                /my/cases/{other-case}/note            303  404  403      404  403  403
my.case-close               /my/cases/{other-case}/close           303  404  403      404  403  403
my.sign-in-form             /my/sign-in                            422  422  422      422  422  422
my.passkey-sign-in          /my/sign-in/passkey                    422  422  422      422  422  422
my.code-form                /my/code                               422  422  422      422  422  422
my.new-password-form        /my/new-password                       422  422  422      422  422  422
my.forgotten-form           /my/forgotten                          422  422  422      422  422  422
my.forgotten-code-form      /my/forgotten/code                     422  422  422      422  422  422
my.change-password          /my/security/password                  303  422  422      422  422  403
my.step-up-password         /my/step-up/password                   303  422  403      422  403  403
my.step-up-passkey          /my/step-up/passkey                    303  422  403      422  403  403
my.new-passkey-form         /my/security/passkeys/new              303  422  403      422  403  403
my.rename-passkey           /my/security/passkeys/{other-passkey}/name  303  404  403  404  403  403
my.remove-passkey-form      /my/security/passkeys/{other-passkey}/remove  303  404  404  404  404  403
`,
);

/** Forms that act without a field and without an identifier, each posted in a session of its own. */
export const acting = readMatrix(
  posters,
  `
#                                                               nobody  subscriber    line-holder  former-line-holder
my.notices-form             /my/limits/notices                     303  403  403      303  403  403
my.sign-out                 /my/sign-out                           303  303  303      303  303  303
my.send-code                /my/code/send                          401  303  303      303  303  303
my.end-other-sessions       /my/security/end-others                303  303  303      303  303  403
`,
);
