const member = {
  staff_id: 3,
  name: 'Anna Petrova',
  role: 'agent',
  availability: 'online',
  email: 'anna@host.example',
  has_password: true,
  has_second_factor: true,
  disabled_at: null,
  created_at: '2026-01-12T10:00:00.000Z',
};
const password = 'correct horse battery staple';

export const staffExamples = {
  schemas: {
    StaffMember: member,
    CurrentMember: { ...member, preferences: { locale: 'en', theme: 'dark', 'key.resolve': 'e' } },
    InvitedMember: {
      ...member,
      has_password: false,
      has_second_factor: false,
      invitation: { secret: 'example-of-a-secret-shown-once', expires_at: '2026-11-26T10:00:00.000Z' },
    },
  },
  requests: {
    inviteMember: { email: 'anna@host.example', name: 'Anna Petrova', role: 'agent' },
    changeMember: { role: 'admin' },
    changeMe: { availability: 'busy', preferences: { theme: 'dark', density: null } },
    changePassword: { password, new_password: 'seven wet umbrellas on a shelf' },
    enrolSecondFactor: { password },
    turnOffSecondFactor: { password },
    confirmSecondFactor: { code: '123456' },
  },
  responses: {
    enrolSecondFactor: {
      secret: 'JBSWY3DPEHPK3PXP',
      uri: 'otpauth://totp/Paneldesk:anna@host.example?issuer=Paneldesk&secret=JBSWY3DPEHPK3PXP',
    },
    confirmSecondFactor: { recovery_codes: ['k7mw-2qfd-x9ra', 'p3vn-8tzc-h4le'] },
  },
};
