import type { Area } from '../../kit/console-area.ts';
import { inviteForm, rolesForm } from './people.forms.ts';
import { invitePage, peoplePage, personPage, rolesPage } from './people.pages.ts';
import { personActForms, personActPages } from './person-acts.ts';

/** Pages of staff accounts. */
export const peopleArea: Area = {
  pages: [peoplePage, invitePage, personPage, rolesPage, ...personActPages],
  forms: [inviteForm, rolesForm, ...personActForms],
};
