#pragma once

#include "shared/contract/directory_commands.hpp"
#include "shared/contract/directory_views.hpp"

/// Directory's part of the contract: what it accepts, publishes and shows.
namespace witan::contract::directory {

using Commands = boost::mp11::mp_list<EstablishBody, RegisterOrganisation, RenameOrganisation, RegisterPerson, SetOrganisation, CreateSeat,
                                      ChangeSeat, FillSeat,
                                      Reappoint, VacateSeat, AbolishSeat, Invite, WithdrawInvitation, AcceptInvitation,
                                      RequestPasswordReset, ResetPassword, IssueAdministratorLink, ChangeEmail, WithdrawEmailChange,
                                      ConfirmEmail, RenamePerson, SetPreferences, OpenCalendar, CloseCalendar,
                                      SuspendPerson, ReinstatePerson, StartSession,
                                      NoteStrangers, FinishSignIn, SetSecondFactor, RenewRecoveryCodes, RemoveSecondFactor,
                                      RenewSession, EndSession, EndSessions, ChangePassword, GrantOffice, WithdrawOffice,
                                      DeclareInterest, ChangeInterest, WithdrawInterest, ConfirmInterests, BeginOpenid,
                                      FinishOpenidSignIn, LinkOpenid, UnlinkOpenid, ErasePerson>;

using Views = boost::mp11::mp_list<BodyView, SeatView, AppointmentView, InvitationView, LinkView, MailView, OrganisationView, SessionView, PersonView, AccountView, AccountSeatView, AccountSessionView, CalendarView, CalendarHolderView,
                                   RightsPersonView, RightsSeatView, RegisterView, InterestView, ConcernView>;
using Notices = boost::mp11::mp_list<BodyEstablishedNotice, PersonRegisteredNotice, SeatFilledNotice, SeatVacatedNotice,
                                      PersonRenamedNotice, PersonErasedNotice>;

}  // namespace witan::contract::directory
