/** All routes and their shared schemas. A resource with routes is one line here. */
import { auditStaffRoutes } from '#desk/audit/staff-routes.ts';
import { bulkStaffRoutes } from '#desk/bulk/staff-routes.ts';
import { CannedResponse } from '#desk/canned-responses/schema.ts';
import { cannedStaffRoutes } from '#desk/canned-responses/staff-routes.ts';
import { clientProfileRoutes } from '#desk/client-profile/routes.ts';
import { ClientProfile } from '#desk/client-profile/schema.ts';
import { DelayedReply } from '#desk/delayed-replies/schema.ts';
import { delayedReplyStaffRoutes } from '#desk/delayed-replies/staff-routes.ts';
import { Draft } from '#desk/drafts/schema.ts';
import { draftStaffRoutes } from '#desk/drafts/staff-routes.ts';
import { Erasure } from '#desk/erasure/schema.ts';
import { erasureStaffRoutes } from '#desk/erasure/staff-routes.ts';
import { eventRoutes } from '#desk/feed/routes.ts';
import { Event, StaffEvent } from '#desk/feed/schema.ts';
import { fileRoutes } from '#desk/files/routes.ts';
import { File } from '#desk/files/schema.ts';
import { InactivityRule } from '#desk/inactivity/schema.ts';
import { autoStaffRoutes } from '#desk/inactivity/staff-routes.ts';
import { incidentRoutes } from '#desk/incidents/routes.ts';
import { Incident } from '#desk/incidents/schema.ts';
import { incidentStaffRoutes } from '#desk/incidents/staff-routes.ts';
import { Notification } from '#desk/notifications/schema.ts';
import { notificationStaffRoutes } from '#desk/notifications/staff-routes.ts';
import { Presence } from '#desk/presence/schema.ts';
import { presenceStaffRoutes } from '#desk/presence/staff-routes.ts';
import { QueueTicket } from '#desk/queue/schema.ts';
import { queueStaffRoutes } from '#desk/queue/staff-routes.ts';
import { View } from '#desk/queue/views/schema.ts';
import { viewStaffRoutes } from '#desk/queue/views/staff-routes.ts';
import { redactionRoutes } from '#desk/redaction/routes.ts';
import { reportStaffRoutes } from '#desk/reports/staff-routes.ts';
import { SetAsideEvent } from '#desk/set-aside-events/schema.ts';
import { setAsideEventStaffRoutes } from '#desk/set-aside-events/staff-routes.ts';
import { Calendar, SlaPolicy } from '#desk/sla/schema.ts';
import { slaStaffRoutes } from '#desk/sla/staff-routes.ts';
import { Tag } from '#desk/tags/schema.ts';
import { tagStaffRoutes } from '#desk/tags/staff-routes.ts';
import { accountMoveRoutes } from '#desk/tickets/account-routes.ts';
import { commentRoutes } from '#desk/tickets/comments/routes.ts';
import { Comment, StaffComment } from '#desk/tickets/comments/schema.ts';
import { ticketRoutes } from '#desk/tickets/routes.ts';
import { StaffTicket, Ticket } from '#desk/tickets/schema.ts';
import { ticketStaffRoutes } from '#desk/tickets/staff-routes.ts';
import { ticketVerbRoutes } from '#desk/tickets/verb-routes.ts';
import { Vote } from '#desk/tickets/votes/schema.ts';
import { topicRoutes } from '#desk/topics/routes.ts';
import { StaffTopic, Status, Topic } from '#desk/topics/schema.ts';
import { topicStaffRoutes } from '#desk/topics/staff-routes.ts';
import { StaffTicketWithComments } from '#desk/workspace/schema.ts';
import { workspaceStaffRoutes } from '#desk/workspace/staff-routes.ts';
import { faceRoutes } from '#faces/routes.ts';
import { Account } from '#people/accounts/schema.ts';
import { accountStaffRoutes } from '#people/accounts/staff-routes.ts';
import { sessionRoutes } from '#people/sso/routes.ts';
import { AccountSession, ClientSession, OpenedClientSession, SignInLink } from '#people/sso/schema.ts';
import { ssoStaffRoutes } from '#people/sso/staff-routes.ts';
import { AddedSsoKey, SsoKey } from '#people/sso-keys/schema.ts';
import { ssoKeyRoutes } from '#people/sso-keys/staff-routes.ts';
import { ownCredentialRoutes } from '#people/staff/own-routes.ts';
import { CurrentMember, InvitedMember, StaffMember } from '#people/staff/schema.ts';
import { oidcRoutes } from '#people/staff/sessions/oidc-routes.ts';
import { Session } from '#people/staff/sessions/schema.ts';
import { sessionStaffRoutes } from '#people/staff/sessions/staff-routes.ts';
import { memberStaffRoutes } from '#people/staff/staff-routes.ts';
import { ownTokenRoutes } from '#people/tokens/own-routes.ts';
import { IssuedToken, Token } from '#people/tokens/schema.ts';
import { tokenStaffRoutes } from '#people/tokens/staff-routes.ts';
import { Problem } from '#platform/http/schemas.ts';

/** Schemas that the reference names: `#/components/schemas/Ticket`. */
export const sharedSchemas = [
  Problem,
  Vote,
  File,
  Ticket,
  StaffTicket,
  StaffTicketWithComments,
  Draft,
  DelayedReply,
  Presence,
  Notification,
  QueueTicket,
  View,
  Comment,
  StaffComment,
  Topic,
  StaffTopic,
  Status,
  Incident,
  Account,
  Erasure,
  Token,
  IssuedToken,
  StaffMember,
  CurrentMember,
  InvitedMember,
  Session,
  ClientProfile,
  ClientSession,
  OpenedClientSession,
  AccountSession,
  SignInLink,
  SsoKey,
  AddedSsoKey,
  Event,
  StaffEvent,
  CannedResponse,
  Tag,
  Calendar,
  SlaPolicy,
  InactivityRule,
  SetAsideEvent,
];

/** In the order of the reference. */
export const routes = [
  ticketRoutes,
  commentRoutes,
  redactionRoutes,
  topicRoutes,
  incidentRoutes,
  fileRoutes,
  eventRoutes,
  ticketStaffRoutes,
  workspaceStaffRoutes,
  accountMoveRoutes,
  ticketVerbRoutes,
  queueStaffRoutes,
  bulkStaffRoutes,
  draftStaffRoutes,
  delayedReplyStaffRoutes,
  presenceStaffRoutes,
  notificationStaffRoutes,
  viewStaffRoutes,
  reportStaffRoutes,
  auditStaffRoutes,
  topicStaffRoutes,
  incidentStaffRoutes,
  accountStaffRoutes,
  erasureStaffRoutes,
  tokenStaffRoutes,
  ownTokenRoutes,
  memberStaffRoutes,
  ownCredentialRoutes,
  sessionStaffRoutes,
  sessionRoutes,
  clientProfileRoutes,
  ssoStaffRoutes,
  ssoKeyRoutes,
  oidcRoutes,
  cannedStaffRoutes,
  tagStaffRoutes,
  slaStaffRoutes,
  autoStaffRoutes,
  setAsideEventStaffRoutes,
  faceRoutes,
];
