//! Customers.

use domain::customer::Customer;
use domain::ids::{CustomerId, PriceListId};
use domain::money::Money;
use domain::product::Status;

shapes! {
    /// Asks for a page of customers by name.
    pub struct ListCustomers {
        /// Those in use, or the archived ones.
        #[serde(default)]
        pub status: Status,
        /// The `next` of the page before.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// Searches customers.
    pub struct FindCustomers {
        /// What was typed: beginnings of words of name, number, mail address or telephone number.
        pub text: String,
        /// The `next` of the page before.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// A page of customers.
    pub struct CustomerPage {
        /// At most sixty, by name.
        pub customers: Vec<CustomerRow>,
        /// Asks for the next page; `None` on the last.
        pub next: Option<String>,
    }

    /// A customer in a list.
    pub struct CustomerRow {
        /// Who.
        pub id: CustomerId,
        /// The shop's own number for them.
        pub number: Option<String>,
        /// What they are called; empty once it was erased.
        pub name: String,
        /// Where mail reaches them.
        pub email: Option<String>,
        /// Where they can be called.
        pub phone: Option<String>,
        /// The price list that holds for them.
        pub price_list: Option<PriceListId>,
        /// Whether they are still offered.
        pub status: Status,
    }

    /// Customers a sale could be for.
    pub struct SaleCustomers {
        /// The first twenty, by name.
        pub customers: Vec<SaleCustomerView>,
        /// Whether more were found than are shown.
        pub more: bool,
    }

    /// A customer as who sells sees them.
    pub struct SaleCustomerView {
        /// Who.
        pub id: CustomerId,
        /// The shop's own number or card code for them.
        pub number: Option<String>,
        /// What they are called; empty once it was erased.
        pub name: String,
        /// Where they can be called.
        pub phone: Option<String>,
        /// What their price list is called.
        pub price_list_name: Option<String>,
        /// What they have of store credit, less what the open sale at this sign-on takes of it; `None` where they have none.
        pub credit: Option<Money>,
        /// What they owe the shop, without the open sale at this sign-on; below nothing where the shop owes them. `None` where
        /// that is nothing.
        pub owed: Option<Money>,
        /// How much more they may owe, less what the open sale at this sign-on adds; `None` where they buy nothing on account.
        pub may_owe: Option<Money>,
    }

    /// Asks for one customer.
    pub struct GetCustomer {
        /// Who.
        pub id: CustomerId,
    }

    /// A customer as they can be edited.
    pub struct CustomerView {
        /// Who.
        pub id: CustomerId,
        /// The version to change from.
        pub version: u64,
        /// What is known of them.
        pub customer: Customer,
        /// What their price list is called.
        pub price_list_name: Option<String>,
    }

    /// Adds or changes a customer.
    pub struct SaveCustomer {
        /// Whom to change; `None` adds one.
        #[serde(default)]
        pub id: Option<CustomerId>,
        /// What the screen showed; `None` for a new one.
        #[serde(default)]
        pub base: Option<Customer>,
        /// As it should be.
        pub customer: Customer,
        /// Whether somebody who is archived by this may owe the shop something, or have something there: whoever asks was
        /// told how much.
        #[serde(default)]
        pub despite_balance: bool,
    }

    /// Erases what tells who an archived customer was.
    #[derive(Copy)]
    pub struct EraseCustomer {
        /// Whose.
        pub id: CustomerId,
    }
}
