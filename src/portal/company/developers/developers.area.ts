import type { Area } from '../../kit/console-area.ts';
import {
  keySignatureForm,
  keySignaturePage,
  newSigningKeyForm,
  newSigningKeyPage,
  revokeSigningKeyForm,
  revokeSigningKeyPage,
  signingKeysPage,
} from './signing-keys.pages.ts';
import { loggedRequestPage, requestLogPage } from './request-log.pages.ts';
import { keysPage, newKeyForm, newKeyPage, revokeKeyForm, revokeKeyPage } from './keys.pages.ts';

/** What the company's programs sign in with. */
export const developersArea: Area = {
  pages: [
    keysPage,
    newKeyPage,
    revokeKeyPage,
    keySignaturePage,
    signingKeysPage,
    newSigningKeyPage,
    revokeSigningKeyPage,
    requestLogPage,
    loggedRequestPage,
  ],
  forms: [newKeyForm, revokeKeyForm, keySignatureForm, newSigningKeyForm, revokeSigningKeyForm],
};
