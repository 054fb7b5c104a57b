import { link, rows, text, warning, type MailTemplate } from './mail-content.ts';

export const accountInvitation: MailTemplate<'account-invitation'> = {
  ja: (facts, format) => ({
    subject: 'アカウントへの招待',
    blocks: [
      text(
        `${facts.invitedBy}さんが、${facts.company === null ? '当社の業務サイト' : `${format.name(facts.company)}の販売元サイト`}のアカウントにあなたを招待しました。次のページでパスワードを設定し、利用を始めてください。`,
      ),
      rows(
        ['会社', facts.company && format.name(facts.company)],
        ['役割', facts.roles],
        ['招待した方', facts.invitedBy],
        ['有効期限', format.dateTime(facts.expiresAt)],
      ),
      link('アカウントの利用を始める', facts.link),
      warning(
        'このリンクを転送しないでください',
        'リンクは一度だけ使えます。お心当たりがないときは、このメールを破棄してください。アカウントは作られません。',
      ),
    ],
    why: '上記の方がこのメールアドレスを招待したため、お送りしました。',
  }),
  en: (facts, format) => ({
    subject: 'You are invited to an account',
    blocks: [
      text(
        `${facts.invitedBy} has invited you to an account ${facts.company === null ? 'for our staff' : `of ${format.name(facts.company)}`}. Set a password on the page below to start.`,
      ),
      rows(
        ['Company', facts.company && format.name(facts.company)],
        ['Roles', facts.roles],
        ['Invited by', facts.invitedBy],
        ['Valid until', format.dateTime(facts.expiresAt)],
      ),
      link('Start to use the account', facts.link),
      warning(
        'Do not forward this link',
        'It works once. If you did not expect it, ignore this mail: no account will be created.',
      ),
    ],
    why: 'The person above has invited this mail address.',
  }),
};
