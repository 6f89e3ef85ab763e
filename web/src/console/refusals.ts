/** What the console says when the server refuses: by the code of the problem, in the language of the page. */
import { msg } from '@lingui/core/macro';
import type { RefusalWords } from '#shared/refusals/common.ts';
import { refusalSpeaker } from '#shared/refusals/words.ts';

const refusals: RefusalWords = {
  wrong_credentials: msg`The address, the password or the code is wrong.`,
  second_factor_required: msg`Now enter your code.`,
  wrong_code: msg`The code is wrong. Enter the one that the app shows now.`,
  wrong_invitation: msg`This link was used, replaced or has expired. Ask an admin for a new one.`,
  sign_in_refused: msg`The identity provider has not signed you in, or it took too long. Please try again.`,
  not_a_member: msg`The identity provider knows you, but you are not an enabled team member here. Ask an admin.`,
  provider_unavailable: msg`The identity provider does not respond. Try again later, or sign in with your password.`,
  cross_site: msg`The browser says that this page belongs to another site. Open it anew.`,
  common_password: msg`This password is too common. Choose another one.`,
  invalid_password: msg`A password has 12 to 200 characters.`,
  fresh_sign_in_required: msg`Enter your password: you have signed in more than 10 minutes ago.`,
  second_factor_on: msg`The second factor is on already.`,
  second_factor_not_begun: msg`The code belongs to a secret that is not there any more: begin anew.`,
  preferences_too_large: msg`There are more settings than can be saved.`,

  invalid_snooze: msg`A ticket can be snoozed for up to 366 days, until a time that is still to come.`,
  invalid_filter: msg`The filter names something that is not there any more.`,
  too_many_views: msg`No more than 100 views can be saved: delete one first.`,
  unknown_assignee: msg`This member cannot be assigned any more: choose another one.`,
  unknown_staff: msg`A mentioned member is not there any more.`,
  unknown_comment: msg`A message is not in this ticket any more.`,

  account_not_found: msg`This account is not there any more.`,
  canned_response_not_found: msg`This canned response is not there any more.`,
  view_not_found: msg`This view is not there any more.`,
  bulk_not_found: msg`There is nothing to undo any more.`,
  draft_not_found: msg`This draft is not there any more.`,
  delayed_reply_not_found: msg`This reply is not there any more.`,
  session_not_found: msg`This session has ended already.`,

  too_many_tags: msg`A ticket has up to 20 tags.`,
  ticket_not_snoozed: msg`The ticket is not snoozed any more.`,
  ticket_not_merged: msg`The ticket is not merged any more.`,
  ticket_not_split: msg`The ticket was not split off from another one.`,
  ticket_linked: msg`The ticket was split or merged: it cannot be moved.`,
  ticket_moved: msg`The ticket was moved to another account meanwhile.`,
  same_account: msg`The ticket belongs to this account already.`,
  merged_into_itself: msg`A ticket cannot be merged into itself.`,
  access_levels_differ: msg`Other contacts see the other ticket: give both the same access first.`,
  comment_already_split: msg`One of these messages was split off already.`,
  nothing_to_split: msg`Choose at least one message that is not an internal note.`,
  nothing_left: msg`At least one message must stay in the ticket.`,
  split_undone: msg`This split is undone already.`,
  split_further: msg`The new ticket was split itself since then: undo that first.`,
  originals_moved: msg`The messages have moved to another ticket since then.`,
  bulk_undone: msg`This is undone already.`,
  too_late_to_undo: msg`It is too late to undo this.`,
  reply_sent: msg`The reply is sent already and cannot be taken back.`,
  reply_stopped: msg`The reply was not sent. It is in your draft.`,

  // An admin can do it at any time; an agent is not told to ask support.
  too_late_to_redact: msg`A message can be removed for 15 minutes only. Ask an admin to remove it.`,
};

const fields: RefusalWords = {
  name: msg`A name has 1 to 100 characters.`,
  reason: msg`A reason has up to 1,000 characters.`,
  tags: msg`A ticket has up to 20 tags.`,
  add_tags: msg`A ticket has up to 20 tags.`,
  mentions: msg`A note mentions up to 20 members.`,
  ticket_numbers: msg`Up to 200 tickets can be changed at once.`,
  comment_ids: msg`Up to 500 messages can be split off at once.`,
  new_password: msg`A password has 12 to 200 characters.`,
  password: msg`A password has 12 to 200 characters.`,
  code: msg`The code is wrong. Enter the one that the app shows now.`,
};

export const { wordsOf, wordsOfCode } = refusalSpeaker({ refusals, fields });
