import type { Random } from './random.ts'

/** Where a family's names come from. Names are a hint at a family's history, never a record of ethnicity. */
export type NameTradition =
  'british' | 'south-asian' | 'indian' | 'west-african' | 'caribbean' | 'european' | 'chinese' | 'arabic'

interface NameLists {
  women: string[]
  men: string[]
  girls: string[]
  boys: string[]
  family: string[]
}

function words(text: string): string[] {
  return text.trim().split(/\s+/)
}

const british: NameLists = {
  women: words(`Alison Amanda Andrea Angela Bethan Bridget Caroline Catherine Cheryl Claire Debbie Diane Eleanor
    Fiona Gemma Gillian Hannah Heather Helen Imogen Jacqueline Janet Jill Joanna Julie Karen Kathryn Kelly Laura
    Leanne Linda Louise Lucy Lynne Marian Maureen Melanie Naomi Natalie Nicola Paula Philippa Rachel Rebecca Ros
    Ruth Sally Samantha Siobhan Stephanie Susan Tamsin Tracey Vanessa Wendy Yvonne Zoe`),
  men: words(`Adrian Alan Andrew Barry Ben Brendan Callum Christopher Colin Craig Damian Darren David Declan Dominic
    Duncan Edward Ewan Gareth Gavin Geoff Glyn Graham Howard Ian Jonathan Keith Kevin Lee Malcolm Martin Matthew
    Mike Neil Nigel Owen Patrick Philip Robert Rory Russell Sean Simon Stephen Stuart Tim Tony Trevor Wayne`),
  girls: words(`Ada Alice Amber Amelia Ava Bella Brooke Caitlin Chloe Daisy Darcey Eliza Ella Ellie Emily Erin Esme
    Evie Faith Florence Freya Grace Harriet Holly Iris Isla Ivy Jasmine Jessica Kayleigh Lacey Layla Lexi Lily Lola
    Maisie Martha Matilda Mia Millie Molly Niamh Nancy Olivia Orla Paige Phoebe Poppy Robyn Rosie Ruby Scarlett
    Skye Sophie Summer Tilly Violet Willow`),
  boys: words(`Aiden Alfie Archie Arlo Arthur Bailey Blake Bobby Brandon Caleb Charlie Connor Corey Curtis Daniel
    Dexter Dylan Elliot Ellis Ethan Finley Frankie Freddie George Harrison Harvey Henry Hugo Isaac Jack Jake Jenson
    Joe Jude Kai Kian Leo Lewis Logan Louie Luca Lucas Mason Max Noah Oliver Oscar Reggie Reuben Riley Ronnie Rowan
    Sonny Stanley Teddy Theo Toby Tommy Tyler Zac`),
  family: words(`Abbott Ainscough Aldred Arkwright Ashdown Atkin Bagshaw Barraclough Beckwith Birtles Blackshaw
    Bowden Bramley Brearley Brindle Broadbent Burrell Butterfield Calvert Cartledge Chadwick Clegg Clough Cottrell
    Crabtree Crossley Dearden Denholm Dewhurst Doyle Duckworth Eastwood Ellwood Entwistle Fairclough Fairhurst
    Farrington Fielden Fletcher Flynn Garside Gledhill Goddard Greenhalgh Grimshaw Haigh Hallam Hargreaves
    Hartnell Haslam Hebden Hegarty Heywood Hindle Hollis Holroyd Horsfall Hoyle Ingham Jagger Kenyon Kershaw Lacey
    Langford Leadbetter Lomax Lumb Marsden Mather Mellor Mulligan Nuttall Oddie Ogden Openshaw Ormerod Pargeter
    Penhale Pickles Pilling Platt Prendergast Prior Quigley Radcliffe Ramsbottom Rawstron Ridley Rigby Rourke
    Rushworth Sagar Schofield Sedgwick Shackleton Sharrock Shorrock Skelton Slater Sladen Spruce Stansfield
    Stott Sugden Sutcliffe Sykes Tattersall Tempest Thackray Thewlis Threlfall Tordoff Tregear Trickett Tunnicliffe
    Uttley Varley Wadsworth Wainwright Walmsley Warburton Wardle Whiteley Whittaker Widdop Wilkin Winstanley
    Woodhead Wrigley Yardley`),
}

const lists: Record<NameTradition, NameLists> = {
  british,
  'south-asian': {
    women: words('Aisha Farhana Fatima Humaira Iram Khadija Nadia Nasreen Rabia Rukhsana Saima Samina Shabana Zahra'),
    men: words('Adeel Asif Faisal Hamid Imran Jamil Kashif Khalid Naveed Rashid Sajid Tariq Usman Zubair'),
    girls: words('Aaliyah Aisha Amina Anaya Fatima Hafsa Inaya Maryam Noor Safa Sumaya Zainab Zara Zoya'),
    boys: words('Adam Ali Ayaan Bilal Hamza Hassan Ibrahim Ismail Rayyan Sami Umar Yahya Yusuf Zayn'),
    family: words(`Ahmed Akhtar Ali Anwar Aslam Bashir Begum Butt Chowdhury Hussain Iqbal Khatun Mahmood Malik Mirza
      Miah Nawaz Qureshi Rafiq Rahman Sadiq Saleem Sheikh Uddin Yaqub`),
  },
  indian: {
    women: words('Anita Deepa Harpreet Jaspreet Kavita Manjit Meera Nisha Pooja Priya Rupinder Sangeeta Sunita'),
    men: words('Amit Arjun Baljit Dilip Gurdeep Harjit Kiran Manoj Nikhil Paresh Rajesh Sanjay Sukhdev Vikram'),
    girls: words('Aanya Anjali Diya Isha Jasleen Kiara Maya Meher Navya Riya Simran Tara'),
    boys: words('Aarav Arjan Dev Ishaan Jai Karan Kavi Manav Rohan Shaan Veer Vihaan'),
    family: words('Bhatt Chauhan Desai Dhillon Gill Joshi Kaur Mistry Nair Pabla Parmar Rao Sandhu Sidhu Thakkar Vyas'),
  },
  'west-african': {
    women: words('Abena Adaeze Adwoa Bisi Chidinma Efua Folake Funmi Ngozi Nkechi Temitope Yetunde'),
    men: words('Adewale Chidi Ebo Emeka Femi Kofi Kwabena Kwame Obinna Olumide Segun Tunde'),
    girls: words('Abigail Adanna Ama Chiamaka Deborah Ewa Favour Grace Ife Joy Teni Zuri'),
    boys: words('Ayo Caleb Daniel David Dele Elijah Emmanuel Ike Joshua Kojo Malachi Tobi'),
    family: words(
      'Abiola Acheampong Adebayo Adeyemi Agyeman Amoah Asante Boateng Eze Ogunleye Okafor Okoro Owusu Sowande',
    ),
  },
  caribbean: {
    women: words('Beverley Carol Denise Donna Jennifer Lorna Marcia Marlene Paulette Sharon Sonia Yvette'),
    men: words('Carlton Clive Courtney Delroy Desmond Errol Glenroy Junior Leroy Lloyd Winston Wesley'),
    girls: words('Alanna Amaya Asia Destiny Imani Jada Kiara Nevaeh Renee Shanice Tiana Zaria'),
    boys: words('Andre Dante Jayden Jerome Kaiden Kymani Malik Micah Nathaniel Rio Tyrese Xavier'),
    family: words(
      'Bartley Beckford Blackwood Brissett Cunningham Dacosta Facey Forde Gayle Hibbert Pinnock Samuels Thorpe',
    ),
  },
  european: {
    women: words('Agnieszka Ana Beata Daniela Elena Ilze Ioana Katarzyna Magdalena Monika Rasa Zuzana'),
    men: words('Andrei Bogdan Dariusz Janis Lukasz Marek Mihai Pawel Radek Stefan Tomasz Vlad'),
    girls: words('Alexandra Amelie Hanna Julia Lena Maja Mila Nadia Oliwia Sofia Zofia'),
    boys: words('Adam Aleksander Antoni David Filip Igor Jakub Kacper Luca Mateo Szymon'),
    family: words(
      'Balan Bartosz Berzins Ciobanu Dabrowski Grabowska Jankauskas Kowal Lupu Mazur Novak Petrov Stan Wrona',
    ),
  },
  chinese: {
    women: words('Ailing Grace Hui Jia Karen Lai-Ming Mei Siew Wai-Yin Yan'),
    men: words('Chi-Keung Hao Jason Jun Kenneth Ming Raymond Wai Wei'),
    girls: words('Chloe Emily Jiayi Joyce Lily Mei Xinyi'),
    boys: words('Aaron Haoran Jayden Kai Leo Ryan Zihan'),
    family: words('Chan Cheung Fong Ho Kwok Lam Leung Liu Tang Tsang Yip Zhao'),
  },
  arabic: {
    women: words('Amal Dina Hala Layla Mona Rania Salma Yasmin'),
    men: words('Anas Basel Hani Karim Majid Nabil Samir Tarek'),
    girls: words('Dalia Hana Jana Lamar Lina Mariam Nour Rima'),
    boys: words('Adam Amir Elias Jad Kareem Omar Rami Yousef'),
    family: words('Aziz Darwish Farah Haddad Hamdan Khoury Mansour Nasser Saleh Zaki'),
  },
}

/** Shares of the traditions among the people who work in the training country. Invented. */
const workforce: Record<NameTradition, number> = {
  british: 68,
  'south-asian': 9,
  indian: 6,
  'west-african': 5,
  caribbean: 5,
  european: 3,
  chinese: 1,
  arabic: 2,
}

export function inventAdultName(random: Random): string {
  const tradition = random.weighted(workforce)
  const given = random.chance(0.66) ? lists[tradition].women : lists[tradition].men
  return `${random.pick(given)} ${random.pick(lists[tradition].family)}`
}

export function inventFamilyName(random: Random, tradition: NameTradition): string {
  return random.pick(lists[tradition].family)
}

export function inventChildGivenName(random: Random, tradition: NameTradition, sex: 'female' | 'male'): string {
  return random.pick(sex === 'female' ? lists[tradition].girls : lists[tradition].boys)
}
