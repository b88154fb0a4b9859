/** Lists are ours: words of reviews and of daily English that are written like names. Lower case, words of one line. */
const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

/** Names that are also words. In lower case, and at the start of a sentence, they need more than themselves. */
export const namesThatAreWords =
  list(`amber angel art ash august april autumn bailey baker banks barber bay bear bell berry
  bill birch bishop black blake blossom blue bond bow brook brooke brown buck bush butler carol carter chance charity
  chase chuck clay cliff coal cole cook cooper crystal dale daisy dawn day dean dell destiny diamond dove drew duke earl
  eden elder ever faith fern field fisher fleet flint flora florence ford forest fox frank free gale gene glen gold grace
  grant gray green grey guy hall harmony harper harvest hazel heath heather heaven hill holly honey hope house hunt
  hunter iris ivy jack jade jasmine jay jet joy june justice kay king knight lake lane lark laurel law lee liberty lily
  long love lucky luke major mark marsh mason matt max may mercy miles miller mist moon moss myrtle nick noble north
  ocean olive page pansy park parker parsley patience paul pearl penny pepper peace poppy potter precious price prince
  princess rain ray read reed reid rich river rob robin rock rod roman rose rosemary rowan ruby rush ruth sage sandy scarlett
  sharp shepherd short silver sky skye smart smith snow south spencer spring star stone storm summer sunny swift taylor
  teddy temple tiger town turner violet walker wall ward warren watt way webb west wheeler white will willow winter wolf
  wood woods wren york young bury reading bath barking sale deal wells poole slough ealing hull rugby cooper trinity`)

/** Of these, those that seldom begin a sentence as a word: there they are names. */
export const seldomFirstAsWord =
  list(`amber angel bailey barber blake blossom brooke carol cooper crystal daisy dawn drew duke
  eden florence flora harper hazel heather holly hunter iris ivy jack jade jasmine jay june kay laurel lily luke mason
  matt max myrtle nick olive parker pearl penny poppy potter precious rob robin rosemary rowan ruby sage scarlett sky
  skye spencer taylor teddy violet warren watt willow wren york slough ealing hull`)

export const monthsAndSeasons = list('april may june august summer spring autumn winter march')

/** Words that reviews write with a capital letter and that are nobody's name. */
export const officialWords = list(`a about access accident according accommodation act acting action adolescent
  adult adults advice advocate advocacy after agencies agency agreement aim all also although ambulance an analysis
  and annex annual anti any appendix approach april area as asian aspect assessment at attendance audit august
  authorities authority autism autumn awareness baby background because before behaviour bereavement birth black board
  body born borough both british bruising business but by camhs cafcass cabinet cares care caribbean carer carers case
  centre chair chapter charity chief child childhood children christian christmas chronology church city clinical
  closure coercive cohort college commission commissioner commissioning committee communication community concern
  concerns conclusion conference constabulary constable consultant contact contents context coordinator core coroner
  council councillor county court courts covid criminal criteria crime criteria crown culture curiosity cyber data date
  dating deaf death december decision deputy designated despite detective development did different director
  disability disabled discharge discussion district divisional do does domestic donor draft drug due duties duty during each
  early east eastern easter education eight either eleven eligibility emergency emotional england english enquiries
  enquiry ethnicity european evidence every executive exploitation executive external faith family families father
  fathers february fgm figure final finally finding findings first five following for force form foster foundation
  four fourth framework friday from front further gdpr general given good government governance gp grade graded group
  guidance gypsy had has have he head health healthcare healthy hearing her high him his home homes hospital
  hospitals house housing how however human i icb if impact improvement in incident independent individual
  infant information initial inner inquest inquiry inspector inspectorate integrated intensive interagency
  interim into introduction irish is islam it item its january joint july june junior judge justice keeping key
  knife known lack lado law lead leaders learning led legal lessons let letter level levels local looked looking
  maternity mappa march marac marks mash may meanwhile meeting member members mental method methodology
  metropolitan midlands midwife midwifery midwives minister ministry mixed model monday most mother mothers
  multi multiagency muslim my name named national near neglect neither new next nhs nine no nobody none nor north
  northern not note nothing november now number nurse nurses nursing october of officer officers office ofsted
  on once one only operation operational option or order organisation other our out outcome outcomes outreach
  over overview page paediatric paediatrician panel paragraph parent parental parenting parents parliament
  part partner partners partnership partnerships perinatal person personal phase physical place plan planning
  plans police policies policy post power practice practitioner practitioners pre pregnancy prevent primary
  principal prison private probation procedure procedures process professional professionals programme project
  protect protection protocol provider public published pupil purpose quality question questions race racism
  rapid reading recommendation recommendations record recording records referral referrals refuge region
  regional regulation regulations report reporting reports research residential response responses restorative
  review reviewer reviewers reviews right rights risk road role roma romany safe safeguarding safer safety saturday
  scheme school schools scope scotland scrutineer scrutiny second secondary secretary section send senior
  september sergeant serious service services session seven several sex sexual she should sikh since six small
  so social some someone south southern special specialist spring staff stage standard standards state
  statement statutory step still strategic strategy strengthening substance such sudden suicide summary summer
  sunday supervision support supporting system systems table targeted task teacher teachers team teams ten
  term terms that the their them theme themes then there therefore these they third this those three thus
  thursday to together tools tool toolkit topic traveller training transport treatment trial triage trust tuesday twelve two
  under understanding unexpected unit united university until upon use various very violence virtual visit
  visiting visitor visitors voice voluntary vulnerable wales was we wednesday welfare welsh west western what when where
  whether which while white who whole whose why will winter with within without women work worker workers
  working world would year years yes yet you young your youth
  autumn thresholds threshold think graded signs safety wellbeing bill law paper code question yours sincerely dear
  kingdom britain europe uk ireland internet snapchat tiktok instagram facebook whatsapp youtube discord roblox
  telegram google microsoft covid-19 lockdown christmas eid ramadan diwali easter halloween islamic jewish hindu
  african pakistani bangladeshi indian chinese polish romanian eritrean sudanese somali afghan kurdish syrian albanian
  vietnamese nigerian ghanaian jamaican sylheti urdu punjabi arabic pashto tigrinya portuguese lithuanian
  ukrainian french german spanish italian turkish iranian iraqi latin american`)

/** Words that say what a setting is, not which. */
export const genericSetting =
  list(`a an the primary infant infants junior juniors first middle high upper lower secondary
  special grammar independent community academy school schools college nursery day pre-school preschool playgroup church of england catholic
  c ce rc hospital general royal infirmary university teaching children's childrens child family health medical centre
  hub surgery practice clinic house lodge unit ward home residential care hmp hmyoi yoi prison court contact
  assessment mother baby neonatal intensive paediatric pupil referral hostel refuge youth club open full local maternity
  in-patient inpatient crown magistrates county supreme football fc leisure sports mental acute secure trust nhs and
  boys girls boarding sixth form state mainstream specialist faith free foster training resource emergency day women's
  women walk-in drop-in urgent safe guest halfway opera public white bail birth early years birthing eye dental
  antenatal postnatal labour stroke burns alternative provision education forest home-from-home appeal appellate
  private crisis custody detention immigration remand commons lords single sexual assault adult adults urgent treatment
  custom approved probation bail family's his her their each every this that another one which working summer sunday`)

/** Occupations that many people have. Any other one narrows down who a parent is. */
export const commonOccupations =
  list(`accountant administrator apprentice assistant baker barber barista bricklayer builder
  butcher caretaker carer carpenter cashier chef childminder cleaner clerk consultant contractor cook courier decorator
  doctor driver electrician engineer estate factory farmer fitter gardener hairdresser handyman hospital housekeeper
  housewife interpreter joiner kitchen labourer landlord lawyer lecturer librarian lifeguard machinist manager mechanic
  midwife nurse nursery office officer operative operator packer painter paramedic pharmacist picker plasterer plumber
  porter postman programmer receptionist roofer salesman scaffolder secretary security self-employed shop shopkeeper
  solicitor soldier supervisor support tailor teacher technician tiler trainer volunteer waiter waitress warehouse
  welder worker student stylist beautician farmhand dentist`)

export const abbreviations =
  list(`ac ad ai am ao as at ba bc bp bst ca cc cd ce ci cin cp cps cs csa cse csc cv da db dc
  de df di do dr ds dv ed eh eu ex fc fe gp gps ha hc hm hr hs hv ia icb id ie im io ip iro is it iv jr la lac lp ma mh mp mr ms
  nhs no ns nt ok on op or ot pa pc pd pe pg ph pi pm po pr ps qa qc rc rr sa sar sc se sen si so sp sr st sw ta tb
  tv uk un up us vs ya yo yp`)
