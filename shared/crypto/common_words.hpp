#pragma once

#include <string_view>

/// What people put into passwords first, in small letters without spaces: words of well-known passwords,
/// names, months, teams, and the words of Witan and of the bodies that meet here. In no order.
namespace witan::crypto {

inline constexpr std::string_view k_common_words = R"(
password passwort passphrase passcode pass pwd secret secure security letmein welcome login logon signin admin
administrator root user username guest test tester testing temp temporary default changeme change newpassword
mypassword system server service account access enter open opensesame abracadabra computer internet laptop office
work company manager master boss super superman batman spiderman starwars startrek pokemon dragon monkey
tiger lion bear wolf eagle falcon phoenix panther shadow ninja samurai hunter ranger soldier warrior killer knight
wizard magic princess prince queen king angel devil heaven hello goodbye please thanks sorry iloveyou ilove loveyou
loveme love lover lovely sweet sweetheart honey baby babygirl darling happy smile sunshine summer autumn winter
spring flower rose daisy lily jasmine butterfly rainbow diamond gold golden silver purple orange yellow green blue
black white red pink banana apple cherry cookie chocolate cheese coffee pepper ginger sugar candy football
baseball basketball soccer hockey rugby cricket tennis golf liverpool arsenal chelsea everton manchester united city
rangers celtic tottenham spurs barcelona juventus realmadrid ferrari porsche mercedes mustang corvette yamaha harley
michael jordan jennifer jessica ashley amanda daniel david andrew thomas robert charlie george william harry jack
james john joseph joshua matthew anthony richard peter paul mark mike martin steven stephen simon alex alexander
alexandra anna elizabeth emily emma hannah charlotte sophie olivia maria mary margaret michelle nicole samantha
sarah susan rachel rebecca lauren laura victoria patricia katie kate helen jane january february march april may june
july august september october november december monday tuesday wednesday thursday friday saturday sunday spring
money dollar pound business freedom whatever nothing something anything everything forever always never family
mother father sister brother friend friends bestfriend birthday christmas holiday jesus christ god blessed faith
hope trust trustno trustnoone trustme believe power strong matrix hacker hack qwerty qwertz azerty asdf zxcv
google facebook twitter linkedin youtube amazon microsoft windows apple samsung android iphone samsung linux ubuntu
debian github oracle cisco dropbox adobe photoshop minecraft fortnite nintendo playstation xbox zelda mario
england english britain british scotland wales ireland london londonbridge europe brexit america canada australia
german germany france paris the and for you are not with this that have from your my me is it in of to a i
one two three four five six seven eight nine ten zero first second new old big number numberone
correcthorsebatterystaple correcthorse batterystaple tobeornottobe maytheforcebewithyou thequickbrownfox
jumpsoverthelazydog godsavethequeen godsavetheking keepcalm keepcalmandcarryon youshallnotpass winteriscoming
helloworld onceuponatime neverforget ihatepasswords thisismypassword thisisapassword youllneverwalkalone
manchesterunited manchestercity liverpoolfc threelions donttellanyone dontknow asdfghjkl
witan witenagemot moot council councils councilof councillor chair chairs cochair secretary member members minister
champion champions adviser advisers advisory group groups board panel committee agenda minutes meeting meetings
meeting consultation consultations comment paragraph directory gateway session body bodies seat seats government
parliament westminster whitehall cabinet cabinetoffice treasury department beis defra dcms industrial strategy
industrialstrategy localindustrialstrategy grandchallenge grandchallenges challenge local enterprise partnership
partnerships localenterprisepartnership lep leps lepnetwork network growth growthhub growthdeal hub skills region
authority combined combinedauthority northernpowerhouse midlandsengine levellingup
blackcountry buckinghamshire bucks cambridge cambridgeshire peterborough cheshire warrington coasttocapital cornwall
islesofscilly scilly coventry warwickshire cumbria derby derbyshire nottingham nottinghamshire dorset enterprisem
gfirst gloucester gloucestershire greater birmingham solihull lincoln lincolnshire greatermanchester
heartofthesouthwest devon somerset plymouth torbay hertford hertfordshire humber hull lancashire leeds leedscity
cityregion leicester leicestershire merseyside london newanglia norfolk suffolk northeast newcastle
durham oxford oxfordshire sheffield solent southampton portsmouth southeast kent essex sussex midlands stoke
stokeontrent stafford staffordshire swindon wiltshire teesvalley tees thamesvalley thames berkshire reading themarches
marches shropshire hereford herefordshire telford westofengland bristol bath worcester worcestershire york yorkshire
northyorkshire eastriding north south east west northwest southwest
)";

/// Ways of the finger over a keyboard, and the sequences that everybody knows, forwards; backwards they count
/// too.
inline constexpr std::string_view k_walks[] = {"abcdefghijklmnopqrstuvwxyz",
                                               "01234567890",
                                               "qwertyuiop[]",
                                               "asdfghjkl;'#",
                                               "zxcvbnm,./",
                                               "qwertzuiop",
                                               "azertyuiop",
                                               "!\"£$%^&*()_+",
                                               "!@#$%^&*()_+",
                                               "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
                                               "1q2w3e4r5t6y7u8i9o0p",
                                               "qawsedrftgyhujikolp",
                                               "azsxdcfvgbhnjmk,l.",
                                               "qazwsxedcrfvtgbyhnujmikolp",
                                               "147258369",
                                               "159357",
                                               "13579",
                                               "24680"};

}  // namespace witan::crypto
