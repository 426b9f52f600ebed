"""Addresses of people, sign-in and settings; the sign-in library's names have no namespace."""

from django.urls import include, path, re_path

from .signin import views as signin
from .views import home, invitation, me, member, options, people, preview, security, seen, settings, setup, words

RESET_KEY = r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$"

sign_in = [
    path("sign-in/", signin.sign_in, name="account_login"),
    path("sign-in/second/", signin.second_step, name="mfa_authenticate"),
    path("sign-in/passkey/", signin.passkey, name="passkey_sign_in"),
    path("sign-in/off/", signin.inactive, name="account_inactive"),
    path("sign-out/", signin.sign_out, name="account_logout"),
    path("me/password/", signin.password_change, name="account_change_password"),
    path("password/", signin.password_reset, name="account_reset_password"),
    path("password/sent/", signin.password_reset_sent, name="account_reset_password_done"),
    re_path(RESET_KEY, signin.password_reset_from_key, name="account_reset_password_from_key"),
]
pages = [
    path("", home.home, name="home"),
    path("dismiss/", home.dismiss, name="dismiss"),
    path("setup/", setup.setup, name="setup"),
    path("setup/demo/", setup.setup_demo, name="setup_demo"),
    path("setup/ready/", setup.demo_ready, name="demo_ready"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("people/", people.people, name="people"),
    path("people/new/", people.person_new, name="person_new"),
    path("people/<uuid:member_id>/", member.member, name="member"),
    path("people/<uuid:member_id>/edit/", member.member_edit, name="member_edit"),
    path("people/<uuid:member_id>/role/", member.member_role, name="member_role"),
    path("people/<uuid:member_id>/activate/", member.member_activate, name="member_activate"),
    path("people/<uuid:member_id>/deactivate/", member.member_deactivate, name="member_deactivate"),
    path("people/<uuid:member_id>/invite/", member.member_invite, name="member_invite"),
    path("people/<uuid:member_id>/link/", member.member_link, name="member_link"),
    path("people/<uuid:member_id>/password/", member.member_password, name="member_password"),
    path("people/<uuid:member_id>/second-factor/take/", member.member_take_factors, name="member_take_factors"),
    path("people/<uuid:member_id>/sign-in/", member.member_sign_in, name="member_sign_in"),
    path("people/<uuid:member_id>/sign-in/take/", member.member_take_sign_in, name="member_take_sign_in"),
    path("invitations/<uuid:invitation_id>/resend/", member.invitation_resend, name="invitation_resend"),
    path("invitations/<uuid:invitation_id>/withdraw/", member.invitation_withdraw, name="invitation_withdraw"),
    path("me/", me.profile, name="profile"),
    path("me/email/", me.profile_email, name="profile_email"),
    path("me/email/cancel/", me.profile_email_cancel, name="profile_email_cancel"),
    path("email/<str:token>/", me.email_confirm, name="email_confirm"),
    path("me/security/", security.security, name="security"),
    path("me/security/confirm/", security.confirm, name="confirm"),
    path("me/security/app/", security.app, name="factor_app"),
    path("me/security/passkey/", security.passkey, name="factor_passkey"),
    path("me/security/codes/", security.codes, name="factor_codes"),
    path("me/security/factors/<uuid:factor_id>/remove/", security.factor_remove, name="factor_remove"),
    path("me/security/sessions/end/", security.sessions_end, name="sessions_end"),
    path("me/security/sessions/<uuid:session_id>/end/", security.session_end, name="session_end"),
    path("me/leave/", me.leave, name="leave"),
    path("me/tokens/", me.tokens, name="tokens"),
    path("me/tokens/<uuid:token_id>/revoke/", me.token_revoke, name="token_revoke"),
    path("me/theme/", me.theme, name="theme"),
    path("me/language/", me.language, name="language"),
    path("me/account/", me.switch, name="switch"),
    path("settings/", settings.index, name="settings"),
    path("settings/general/", settings.general, name="general"),
    path("settings/words/", words.words, name="words"),
    path("settings/sign-in/", settings.sign_in, name="sign_in_settings"),
    path("settings/team/", options.team_options, name="team_options"),
    path("people/<uuid:member_id>/see-as/", preview.see_as, name="see_as"),
    path("me/see-as/end/", preview.see_as_end, name="see_as_end"),
    path("people/<uuid:member_id>/seen/", seen.member_seen, name="member_seen"),
    path("people/<uuid:member_id>/options/", options.member_options, name="member_options"),
]
urlpatterns = [path("", include(sign_in)), path("", include((pages, "accounts")))]
